import { QueryNotRegisteredError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { CodedError, definedErrors, isCodedError } from '@tributary/common';
import { EntityRefusal } from '@tributary/stateful-workflow/client';
import { RUN_UNKNOWN } from '../errors.js';
import { GRPC, grpcCode, temporalCall } from '../runs/temporal-call.js';
import type { EntityType } from './entity-types.js';
import { ENTITY_ANSWER_LATE, ENTITY_CLOSED, ENTITY_REFUSED, ENTITY_UNAVAILABLE, ENTITY_UNKNOWN } from './errors.js';

/** A worker answers a query within milliseconds, but an entity that has just begun needs a moment. */
export const QUERY_DEADLINE_MS = 5_000;

/** An update answers when it has taken effect; an action may call an activity first. */
export const UPDATE_DEADLINE_MS = 20_000;

/** Statuses that differ from those of the definitions: what an action refuses is well-formed. */
const STATUSES: Readonly<Record<string, number>> = { STATEFUL_ACTION_FAILED: 422 };

/** @throws CodedError ENTITY_UNKNOWN, ENTITY_UNAVAILABLE, API_TEMPORAL_UNAVAILABLE */
export async function entityQuery<T>(client: Client, type: EntityType, ask: () => Promise<T>): Promise<T> {
  try {
    return await temporalCall(client, ask, QUERY_DEADLINE_MS);
  } catch (error) {
    const { slug, taskQueue } = type;
    if (isUnknown(error)) throw ENTITY_UNKNOWN({ type: slug }, { cause: error });
    const reason = reasonOf(error);
    if (reason !== undefined) throw ENTITY_UNAVAILABLE({ type: slug, reason, taskQueue }, { cause: error });
    throw error;
  }
}

/** @throws CodedError of the refusal; ENTITY_CLOSED, ENTITY_ANSWER_LATE, ENTITY_REFUSED, API_TEMPORAL_UNAVAILABLE */
export async function entityUpdate<T>(client: Client, type: EntityType, update: () => Promise<T>): Promise<T> {
  const { slug, taskQueue } = type;
  try {
    return await temporalCall(client, update, UPDATE_DEADLINE_MS);
  } catch (error) {
    if (error instanceof EntityRefusal) throw refusalOf(error, slug);
    // That it is there was seen before.
    if (isUnknown(error)) throw ENTITY_CLOSED({ type: slug }, { cause: error });
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || deadlineExceeded(error)) {
      throw ENTITY_ANSWER_LATE({ type: slug, seconds: UPDATE_DEADLINE_MS / 1_000, taskQueue }, { cause: error });
    }
    throw error;
  }
}

/** What an entity refused, as the error that its definition, or the framework, has for it. */
function refusalOf(refusal: EntityRefusal, type: string): CodedError {
  const definition = definedErrors().find(({ code }) => code === refusal.code);
  if (!definition) {
    const isOver = refusal.code === 'AcceptedUpdateCompletedWorkflow';
    return isOver ? ENTITY_CLOSED({ type }, { cause: refusal }) : ENTITY_REFUSED({ type, error: refusal.code.slice(0, 80) }, { cause: refusal });
  }
  const fix = fixOf(refusal) ?? definition.fix;
  const message = refusal.message.endsWith(` ${fix}`) ? refusal.message.slice(0, -fix.length - 1) : refusal.message;
  return new CodedError({ ...definition, status: STATUSES[definition.code] ?? definition.status, message, fix }, {}, { cause: refusal });
}

function fixOf({ cause }: EntityRefusal): string | undefined {
  const failure = (cause as Error | undefined)?.cause;
  const [detail] = failure instanceof ApplicationFailure ? (failure.details ?? []) : [];
  const { fix } = (detail ?? {}) as { fix?: unknown };
  return typeof fix === 'string' && fix !== '' ? fix : undefined;
}

function isUnknown(error: unknown): boolean {
  return isCodedError(error) && error.code === RUN_UNKNOWN.code;
}

function deadlineExceeded(error: unknown): boolean {
  return grpcCode(error) === GRPC.DEADLINE_EXCEEDED;
}

function reasonOf(error: unknown): string | undefined {
  if (isStarting(error)) return 'it has not begun yet';
  if (error instanceof QueryNotRegisteredError) return 'the worker has another version of it';
  if (deadlineExceeded(error) || grpcCode(error) === GRPC.FAILED_PRECONDITION) return `no worker answered within ${QUERY_DEADLINE_MS / 1_000} s`;
  return undefined;
}

/** Whether a query came before the first step of an entity's run. */
export function isStarting(error: unknown): boolean {
  return error instanceof QueryNotRegisteredError && error.message.includes('STATEFUL_STARTING');
}
