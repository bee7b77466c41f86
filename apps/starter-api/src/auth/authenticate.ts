import type { Metrics } from '@tributary/clients/telemetry';
import { isCodedError, type Secret } from '@tributary/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiProblem } from '../problems/api-problem.js';
import type { Caller } from './access.js';
import { findApiKey, looksLikeApiKey, type ApiKey } from './api-keys.js';
import { checkAppToken } from './app-token.js';
import { credentialOf } from './credential.js';
import { AUTH_FORBIDDEN, AUTH_INVALID, AUTH_REQUIRED, AUTH_TOO_MANY_FAILURES } from './errors.js';
import { FailedSignIns } from './failed-sign-ins.js';
import type { Identity } from './identity.js';
import type { TokenVerifier } from './oidc/token-verifier.js';
import { includesRole, type Role } from './roles.js';

/** Whom the API knows. */
export interface AccessControl {
  readonly apiKeys: readonly ApiKey[];
  /** Of tokens; undefined where only API keys are accepted. */
  readonly tokens?: TokenVerifier | undefined;
  /** What the sidecar proves itself with; undefined where no route of its may be called. */
  readonly appToken?: Secret | undefined;
  /** Credentials per minute that one address may send in vain. */
  readonly signInLimit: number;
}

const UNAUTHORIZED = 401;
const CHALLENGE = 'Bearer realm="tributary"';
const SIDECAR: Caller = { name: 'dapr', role: 'operator', kind: 'dapr' };

/**
 * Lets a request pass only when its caller may call its route, and says in `request.caller` who that is. Without a good
 * credential it is not told either which routes there are.
 */
export function authenticateRequests(app: FastifyInstance, control: AccessControl, metrics: Metrics): void {
  const failures = new FailedSignIns(control.signInLimit);
  const refused = metrics.counter({ name: 'api_credentials_refused_total', help: 'Credentials that were not accepted', labels: ['code'] });
  app.decorateRequest('caller');

  /** Runs a check of a credential; one that fails counts against the address. */
  const counted = async <T>(request: FastifyRequest, check: () => Promise<T> | T): Promise<T> => {
    try {
      return await check();
    } catch (error) {
      if (!isCodedError(error) || error.definition.status !== UNAUTHORIZED) throw error;
      refused.inc({ code: error.code });
      failures.add(request.ip);
      refuseGuesser(failures, request);
      throw new ApiProblem(error, {}, { 'www-authenticate': `${CHALLENGE}, error="invalid_token"` });
    }
  };

  app.addHook('onRequest', async (request) => {
    // Of an unknown path or method too only those hear who may look.
    const access = request.is404 ? 'viewer' : (request.routeOptions.config.access ?? 'admin');
    if (access === 'dapr') {
      // A token that somebody has thought of can be guessed: no more tries than these.
      refuseGuesser(failures, request);
      await counted(request, () => { checkAppToken(control.appToken, request.headers['dapr-api-token']); });
      request.caller = SIDECAR;
      return;
    }
    if (access === 'public') {
      const identity = await counted(request, () => identify(request, control)).catch(() => undefined);
      if (identity?.role) request.caller = { ...identity, role: identity.role };
      return;
    }
    // One that is good passes however many others of its address are not: keys and signatures are beyond guessing,
    // and nobody shall lock out others who share a proxy with him.
    const identity = await counted(request, () => identify(request, control));
    if (!identity) throw new ApiProblem(AUTH_REQUIRED(), {}, { 'www-authenticate': CHALLENGE });
    // Known before it is refused: the audit has the name.
    if (identity.role) request.caller = { ...identity, role: identity.role };
    requireRole(identity, access);
  });
}

async function identify({ headers }: FastifyRequest, { apiKeys, tokens }: AccessControl): Promise<Identity | undefined> {
  const credential = credentialOf(headers);
  if (credential === undefined) return undefined;
  if (!looksLikeApiKey(credential) && tokens) return tokens.verify(credential);
  const found = findApiKey(apiKeys, credential);
  if (!found) throw AUTH_INVALID({ problem: 'there is no such API key' });
  return found;
}

function requireRole({ role }: Identity, needed: Role): void {
  if (role && includesRole(role, needed)) return;
  throw new ApiProblem(AUTH_FORBIDDEN({ role: role ? `role ${role}` : 'no role here', needed }), {}, {
    'www-authenticate': `${CHALLENGE}, error="insufficient_scope"`,
  });
}

function refuseGuesser(failures: FailedSignIns, { ip }: FastifyRequest): void {
  const seconds = failures.waitSeconds(ip);
  if (seconds > 0) throw new ApiProblem(AUTH_TOO_MANY_FAILURES({ limit: failures.limit }), {}, { 'retry-after': String(seconds) });
}
