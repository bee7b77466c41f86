import type { FastifyInstance } from 'fastify';
import type { ApiServer } from '../api-server.js';
import { AUTH_REQUIRED } from '../auth/errors.js';
import { CallerSchema, callerViews } from '../auth/caller-view.js';
import { ref, responses } from '../schemas.js';

/** Who one is to this API. */
export function callerRoute(app: ApiServer): void {
  const viewOf = callerViews(app as unknown as FastifyInstance);
  app.get(
    '/v1/caller',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['operations'],
        operationId: 'getCaller',
        summary: 'Who the caller is, and what he may do',
        response: responses({ 200: ref(CallerSchema) }, []),
      },
    },
    ({ caller }) => {
      if (!caller) throw AUTH_REQUIRED();
      return viewOf(caller);
    },
  );
}
