import { isCodedError, toProblemDetails, type CodedError, type SecretScrubber } from '@tributary/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from './api-problem.js';
import { codedFrameworkError } from './framework-error.js';
import type { Problem } from './problem-schema.js';

const RETRY_AFTER_SECONDS = '1';
const INSTANCE_MAX = 512;

/** Answers every error with problem details. What nobody foresaw is logged whole and told as nothing but its code. */
export function answerErrors(app: FastifyInstance, scrubber: SecretScrubber, bodyLimit: number): void {
  app.setErrorHandler(async (error, request, reply) => {
    const coded = codedOf(error, request.routeOptions.bodyLimit ?? bodyLimit);
    const problem = problemOf(coded ?? error, error, request, scrubber);
    // The message of an error in the request may quote it: the code says enough.
    if (problem.status >= 500) request.log.error({ err: coded ?? error }, 'request failed');
    else request.log.info({ code: problem.code }, 'request refused');
    return send(reply, problem, error);
  });
}

function codedOf(error: unknown, bodyLimit: number): CodedError | undefined {
  if (error instanceof ApiProblem) return error.cause;
  if (isCodedError(error)) return error;
  return codedFrameworkError(error, bodyLimit);
}

function problemOf(told: unknown, error: unknown, request: FastifyRequest, scrubber: SecretScrubber): Problem {
  const details = toProblemDetails(told, pathOf(request));
  const extras = error instanceof ApiProblem ? error.extras : {};
  return scrubbed({ ...details, ...extras }, scrubber);
}

async function send(reply: FastifyReply, problem: Problem, error: unknown): Promise<Problem> {
  const headers = error instanceof ApiProblem ? error.headers : {};
  if (problem.status === 503 && headers['retry-after'] === undefined) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  for (const name of ['content-encoding', 'content-length', 'etag', 'accept-ranges']) void reply.removeHeader(name);
  void reply.code(problem.status).headers(headers).type('application/problem+json');
  reply.problemCode = problem.code;
  return problem;
}

/** Path of a request without its query, which may hold anything. */
export function pathOf(request: FastifyRequest): string {
  return (request.url.split('?', 1)[0] ?? '').slice(0, INSTANCE_MAX);
}

/** The problem with each of its texts scrubbed. */
export function scrubbed<T>(value: T, scrubber: SecretScrubber): T {
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return scrubber.scrub(part);
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value) as T;
}
