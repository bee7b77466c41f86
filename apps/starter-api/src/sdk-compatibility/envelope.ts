import type { SchemaOptions, TSchema } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../problems/problem-schema.js';
import { ref } from '../schema-ref.js';
import { SdkProblemSchema } from './schemas.js';

/** Statuses that any of the routes can answer. */
const COMMON = [400, 401, 403, 421, 429, 500, 503] as const;

/** Responses of a route: its own, and problem details in the SDK's envelope. */
export function sdkResponses<R extends Record<number, TSchema>>(own: R, problems: readonly number[]) {
  const problem: SchemaOptions = { description: 'Problem details.', content: { 'application/problem+json': { schema: ref(SdkProblemSchema) } } };
  return { ...own, ...Object.fromEntries([...COMMON, ...problems].map((status) => [status, problem])) };
}

/** Gives problem details what the SDK's clients look at. A refusal is never a success. */
export async function intoEnvelope(_request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (reply.statusCode < 400) return payload;
  const problem = payload as Problem & { data?: unknown };
  return { ...problem, success: false, message: `${problem.detail} ${problem.fix}` };
}
