import type { FastifyInstance } from 'fastify';
import { API_BODY_NOT_JSON, API_BODY_TOO_DEEP } from '../errors.js';

/** Deeper than any input; what walks a body may recurse. */
const DEPTH_MAX = 64;

/** Reads JSON bodies and no others. An empty body is none: a client may send the header on every request. */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    // The parser's own message quotes the body.
    return parse(request, body as string, (error: Error | null, value?: unknown) => {
      if (error) return done(API_BODY_NOT_JSON(), undefined);
      return isDeeper(value, DEPTH_MAX) ? done(API_BODY_TOO_DEEP({ limit: DEPTH_MAX }), undefined) : done(null, value);
    });
  });
}

/** Whether lists and objects are nested deeper than `limit`. */
function isDeeper(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) as unknown[] : []));
  }
  return false;
}
