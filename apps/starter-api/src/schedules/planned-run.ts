import type { FlowInput } from '@tributary/workflow-contracts/etl';
import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import { API_INPUT_INVALID } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { InputProblem } from '../problems/problem-schema.js';
import { extractSqlMetadataRun } from '../run-types/extract-sql-metadata.js';
import { extractionOrder } from '../runs/extraction-order.js';
import { flowOrder } from '../runs/flow-order.js';
import type { RunOrder } from '../runs/run-starter.js';
import type { RunType } from '../runs/run-type.js';
import { RUN_TYPES } from '../runs/run-types.js';
import type { ApiServices } from '../services.js';
import { schemaCheck } from '../validation.js';
import { extractInputRef, flowInputRef } from '../schemas.js';

type Input = Readonly<Record<string, unknown>>;

const checks = new Map<string, ReturnType<typeof schemaCheck>>();

/** The run type of a slug. @throws ApiProblem API_INPUT_INVALID */
export function runTypeOfSlug(slug: string, pointer = '/runType'): RunType {
  const type = RUN_TYPES.find((known) => known.slug === slug);
  if (type) return type;
  const errors = [{ pointer, received: JSON.stringify(slug), allowed: RUN_TYPES.map((known) => known.slug).join(', ') }];
  throw new ApiProblem(API_INPUT_INVALID({ part: 'body', count: 1, problems: [pointer] }), { errors });
}

/** What does not fit in the input of a run that is started later on; pointers begin at the input. */
export function inputProblems({ slug }: RunType, input: Input): readonly InputProblem[] {
  let check = checks.get(slug);
  if (!check) {
    check = schemaCheck(slug === extractSqlMetadataRun.slug ? extractInputRef : flowInputRef);
    checks.set(slug, check);
  }
  return check(input);
}

/** Refuses an input that does not fit the schema of its run type. @throws ApiProblem API_INPUT_INVALID */
export function assertInput(type: RunType, input: Input, pointer = '/input'): void {
  const errors = inputProblems(type, input).map((problem) => ({ ...problem, pointer: problem.pointer === '/' ? pointer : pointer + problem.pointer }));
  if (errors.length === 0) return;
  const problems = errors.slice(0, 3).map((problem) => problem.pointer);
  throw new ApiProblem(API_INPUT_INVALID({ part: 'body', count: errors.length, problems }), { errors });
}

/** A run of a type with an input that fits its schema, as the route of the type would start it. */
export function plannedRun(services: Pick<ApiServices, 'running' | 'ui'>, type: RunType, input: Input): RunOrder {
  // The schema is the interface's equal, as a test of the contracts shows.
  if (type.slug === extractSqlMetadataRun.slug) return extractionOrder(services, input as unknown as ExtractSqlMetadataInput, undefined);
  return flowOrder(type, input as unknown as FlowInput, undefined);
}
