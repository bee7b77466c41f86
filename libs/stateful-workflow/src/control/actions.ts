import { isCodedError } from '@tributary/common';
import type { Action } from '../definitions/parts.js';
import { problemOf } from '../definitions/validate.js';
import { STATEFUL_ACTION_FAILED, STATEFUL_MESSAGE_INVALID } from '../errors.js';
import type { StepOutcome } from '../effects.js';
import { requestLoad } from '../loading/loads.js';
import { isObject, type Json } from '../json.js';
import type { MessageBody } from '../messages.js';
import { DraftSession } from '../state/draft.js';
import type { Work } from '../work.js';
import type { PendingCall } from './calls.js';
import { keepOutcome } from './outcomes.js';
import { problemText } from './problem-text.js';

/**
 * Runs an action: at once, or after its activity, in which case the outcome follows as a reply.
 * @throws CodedError STATEFUL_MESSAGE_INVALID, STATEFUL_ACTION_FAILED
 */
export function act(work: Work, { id, action: name, input }: MessageBody & { kind: 'action' }): StepOutcome {
  const action = actionOf(work, name);
  checkInput(action, input);
  if (action.call === undefined) {
    const outcome = reduce(work, name, action, input as Json, undefined);
    keepOutcome(work, id, outcome);
    return outcome;
  }
  if (work.next.calls.length >= work.definition.limits.inbox)
    throw STATEFUL_MESSAGE_INVALID({ problem: 'too many actions are waiting' });
  work.next.calls = [...work.next.calls, { id, action: name, input: input as Json, called: false }];
  return { status: 'pending' };
}

/** What is wrong with the input of an action; for a check before it is accepted. */
export function actionProblem(
  actions: Readonly<Record<string, Action>>,
  name: unknown,
  input: unknown,
): string | undefined {
  const action = typeof name === 'string' && Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) return `there is no action of that name; allowed: ${Object.keys(actions).join(', ')}`;
  return problemOf(action.input, input, 'input');
}

/** Calls the activities whose turn it is: of a serial action one at a time, in the order in which they came. */
export function callActivities(work: Work): void {
  const busy = new Set<string>();
  work.next.calls = work.next.calls.map((call) => {
    const action = work.definition.actions[call.action];
    const isFree = !action?.serial || !busy.has(call.action);
    busy.add(call.action);
    if (call.called || !isFree || action?.call === undefined) return call;
    work.effect({ kind: 'call', id: call.id, action: call.action, activity: action.call, input: call.input });
    return { ...call, called: true };
  });
}

/**
 * Goes on with an action whose activity has ended.
 * @throws CodedError STATEFUL_ACTION_FAILED; the call then has to be settled by `settle`
 */
export function called(work: Work, { id, result, error }: MessageBody & { kind: 'called' }): void {
  const call = work.next.calls.find((other) => other.id === id);
  if (!call) {
    work.count('stale');
    return;
  }
  const action = actionOf(work, call.action);
  if (error !== undefined) throw STATEFUL_ACTION_FAILED({ action: call.action, problem: error.slice(0, 300) });
  settle(work, call, reduce(work, call.action, action, call.input, result));
}

/** Takes an action off the list and answers it. */
export function settle(work: Work, call: PendingCall, outcome: StepOutcome): void {
  work.next.calls = work.next.calls.filter((other) => other.id !== call.id);
  keepOutcome(work, call.id, outcome);
  work.effect({ kind: 'reply', id: call.id, outcome });
}

function reduce(work: Work, name: string, action: Action, input: Json, result: Json | undefined): StepOutcome {
  const author = work.author({ onlyDifferences: true });
  const session = new DraftSession(work.definition.model, work.desk(), author);
  const root = session.open(work.next.self.type, work.next.self.id);
  if (!root) throw STATEFUL_ACTION_FAILED({ action: name, problem: 'the root is not known' });
  const { at, random } = work.moment;
  let value: unknown;
  try {
    value = action.reduce(root, input, { at, random, result, reload: (loader) => requestLoad(work, loader) });
  } catch (error) {
    if (isCodedError(error)) throw error;
    throw STATEFUL_ACTION_FAILED({ action: name, problem: problemText(error) });
  }
  if (isObject(value) && typeof value['then'] === 'function')
    throw STATEFUL_ACTION_FAILED({
      action: name,
      problem: 'it is asynchronous; declare call for what has to be waited for',
    });
  const problem = value === undefined ? undefined : problemOf({ kind: 'json' }, value, 'its result');
  if (problem !== undefined) throw STATEFUL_ACTION_FAILED({ action: name, problem });
  session.finish();
  return { status: 'done', ...(value !== undefined && { result: value as Json }) };
}

function checkInput(action: Action, input: unknown): void {
  const problem = problemOf(action.input, input, 'input');
  if (problem !== undefined) throw STATEFUL_MESSAGE_INVALID({ problem });
}

function actionOf(work: Work, name: string): Action {
  const action = Object.hasOwn(work.definition.actions, name) ? work.definition.actions[name] : undefined;
  if (!action)
    throw STATEFUL_MESSAGE_INVALID({
      problem: `there is no action of that name; allowed: ${Object.keys(work.definition.actions).join(', ')}`,
    });
  return action;
}
