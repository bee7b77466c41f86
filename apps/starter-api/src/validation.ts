import type { Static, TSchema } from '@sinclair/typebox';
import Ajv, { type Options, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifyInstance, FastifySchemaValidationError, FastifyRequest } from 'fastify';
import { findCredential } from '@tributary/workflow-contracts/schemas';
import { API_INPUT_INVALID, INPUT_HOLDS_CREDENTIAL } from './errors.js';
import { ApiProblem } from './problems/api-problem.js';
import { describeSchemaError, isEcho } from './problems/describe-schema-error.js';
import type { InputProblem } from './problems/problem-schema.js';
import { sharedSchemas } from './schemas.js';

const PROBLEMS_MAX = 20;

/** Whether a value has the shape of a schema: for what comes from elsewhere than a request. */
export function contractCheck<T extends TSchema>(schema: T): (value: unknown) => value is Static<T> {
  const validate = new Ajv({ strict: true }).compile(schema);
  return (value): value is Static<T> => validate(value);
}

/** What does not fit a schema, place by place, as refusals of requests tell it: for values that a body only carries. */
export function schemaCheck(schema: TSchema): (value: unknown) => InputProblem[] {
  const validate = validator({}).compile(schema);
  return (value) => (validate(value) ? [] : placesOf(validate.errors ?? []).map(describeSchemaError));
}

/**
 * Validates requests by their schemas. Bodies as they stand: nothing is coerced, dropped or filled in, so that what the
 * workflow gets is what was sent. Queries and parameters are text and are converted.
 */
export function validateRequests(app: FastifyInstance): void {
  for (const schema of sharedSchemas) app.addSchema(schema);
  const bodies = validator({});
  const texts = validator({ coerceTypes: true, useDefaults: true });
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const validate = (httpPart === 'body' ? bodies : texts).compile(schema as object);
    return (data: unknown) => {
      if (validate(data)) return { value: data };
      return { error: invalidRequest(httpPart ?? 'request', validate.errors ?? []) };
    };
  });
  app.setSchemaErrorFormatter((errors: FastifySchemaValidationError[]) => errors[0] as unknown as Error);
  app.addHook('preValidation', refuseCredentials);
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may hold credentials; the route itself sees to it that they go nowhere but where they belong. */
    takesCredentials?: boolean;
  }
}

async function refuseCredentials({ body, query, routeOptions }: FastifyRequest): Promise<void> {
  const inBody = routeOptions.config.takesCredentials === true ? undefined : findCredential(body);
  const pointer = inBody ?? findCredential(query);
  if (pointer !== undefined) throw INPUT_HOLDS_CREDENTIAL({ pointer });
}

function validator(options: Options): Ajv {
  // All errors, with the values: a client corrects them at one go. The body limit bounds the work.
  const ajv = new Ajv({ strict: true, allErrors: true, verbose: true, ...options });
  addFormats(ajv);
  for (const schema of sharedSchemas) ajv.addSchema(schema);
  return ajv;
}

function invalidRequest(part: string, found: NonNullable<ValidateFunction['errors']>): ApiProblem {
  const all = placesOf(found);
  const errors = all.slice(0, PROBLEMS_MAX).map(describeSchemaError);
  const problems = errors.slice(0, 3).map(({ pointer }) => pointer);
  return new ApiProblem(API_INPUT_INVALID({ part, count: all.length, problems }), { errors });
}

function placesOf(found: NonNullable<ValidateFunction['errors']>) {
  return found.filter((error) => !isEcho(error));
}
