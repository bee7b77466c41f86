import { findCredential } from '@tributary/workflow-contracts/schemas';
import type { Logger } from '@tributary/common/logging';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const TARGET_MAX = 200;

declare module 'fastify' {
  interface FastifyReply {
    /** Whether the audit has its line. */
    audited?: boolean;
  }
}

/** One log line of each change that was asked for, done or refused, whatever the level of logging. */
export function auditChanges(app: FastifyInstance, log: Logger): void {
  const audit = log.child({}, { level: 'info' });
  app.decorateReply('audited', false);
  // When the answer is known, which it also is when nobody waits for it any more.
  app.addHook('onSend', async (request, reply) => {
    if (SAFE_METHODS.has(request.method) || request.is404 || reply.audited === true) return;
    reply.audited = true;
    audit.info({ audit: auditLine(request, reply) }, 'change');
  });
}

function auditLine({ id, caller, ip, method, params, routeOptions }: FastifyRequest, { statusCode, problemCode }: FastifyReply) {
  const { operationId } = (routeOptions.schema ?? {}) as { operationId?: string };
  return {
    caller: caller?.name ?? null,
    kind: caller?.kind ?? null,
    role: caller?.role ?? null,
    address: ip,
    operation: operationId ?? `${method} ${routeOptions.url ?? ''}`,
    // What somebody unknown asks for is of nobody's concern, and may be anything.
    ...(caller ? { target: targetOf(params) } : {}),
    outcome: statusCode,
    ...(problemCode === undefined ? {} : { code: problemCode }),
    requestId: id,
  };
}

/** Parameters of the path: names of what is changed. One that looks like a credential has come there by mistake. */
function targetOf(params: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((params ?? {}) as Record<string, unknown>).map(([name, value]) => {
      const text = String(value);
      return [name, findCredential(text) === undefined ? text.slice(0, TARGET_MAX) : '[withheld]'];
    }),
  );
}
