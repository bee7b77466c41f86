import type { FastifyInstance } from 'fastify';
import { API_BODY_NOT_JSON } from '../errors.js';

/** Reads JSON bodies and no others. An empty body is none: a client may send the header on every request. */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    // The parser's own message quotes the body.
    return parse(request, body as string, (error: Error | null, value?: unknown) => done(error && API_BODY_NOT_JSON(), value));
  });
}
