import { ApplicationFailure, currentUpdateInfo, defineSignal, defineUpdate, setDefaultSignalHandler, setHandler, uuid4 } from '@temporalio/workflow';
import { actionProblem } from '../control/actions.js';
import type { EntityWorkflow } from '../definitions/workflow.js';
import type { StepOutcome } from '../effects.js';
import { STATEFUL_CLOSED, STATEFUL_MESSAGE_INVALID } from '../errors.js';
import { isObject, type Json } from '../json.js';
import type { MessageBody } from '../messages.js';
import { codedFailure } from './coded-failure.js';
import { QUERIES, SIGNALS, UPDATES } from './contract.js';
import type { EntityShell } from './entity-shell.js';
import { STATEFUL_NAME_RESERVED } from './errors.js';
import { toMessage } from './parse-input.js';

/** Kinds of messages that entities send each other; anything else that comes as one is put aside. */
const BETWEEN_ENTITIES: ReadonlySet<unknown> = new Set(['link', 'ack', 'attach', 'release', 'ended']);

/**
 * Takes signals and updates. A handler only checks and queues: the loop is the one that writes.
 */
export function takeMessages(shell: EntityShell): void {
  for (const name of SIGNALS) {
    if (name !== 'message') setHandler(defineSignal<unknown[]>(name), (...args) => shell.take(toMessage(name, args, shell.credential)));
  }
  setHandler(defineSignal<unknown[]>('message'), (message) => takeFromEntity(shell, message));
  setDefaultSignalHandler(() => shell.take(unusable()));
  for (const name of UPDATES) {
    const message = (args: readonly unknown[]): MessageBody => toMessage(name, args, shell.credential);
    setHandler(defineUpdate<null, unknown[]>(name), async (...args) => answer(await shell.ask(message(args))) as null, {
      validator: (...args) => refuse(shell.wouldRefuse(message(args))),
    });
  }
  for (const name of Object.keys(shell.definition.actions)) {
    setHandler(defineUpdate<Json | null, [unknown]>(name), async (input) => answer(await shell.ask(toAction(name, input))), {
      validator: (input) => {
        const problem = actionProblem(shell.definition.actions, name, input ?? {});
        if (problem !== undefined) throw codedFailure(STATEFUL_MESSAGE_INVALID({ problem }));
        if (shell.state?.status === 'closing') throw codedFailure(STATEFUL_CLOSED({ status: 'closing' }));
      },
    });
  }
}

/** @throws CodedError STATEFUL_NAME_RESERVED */
export function checkNames({ name: workflow, actions, views }: EntityWorkflow): void {
  const check = (what: string, names: readonly string[], reserved: readonly string[]): void => {
    const taken = names.find((name) => reserved.includes(name) || name.startsWith('__'));
    if (taken !== undefined) throw STATEFUL_NAME_RESERVED({ what, name: taken, workflow, reserved });
  };
  check('Action', Object.keys(actions), UPDATES);
  check('View', Object.keys(views), QUERIES);
}

function toAction(action: string, input: unknown): MessageBody {
  return { kind: 'action', id: currentUpdateInfo()?.id ?? uuid4(), action, input: input ?? {} };
}

function takeFromEntity(shell: EntityShell, message: unknown): void {
  if (!isObject(message) || !BETWEEN_ENTITIES.has(message['kind'])) shell.take(unusable());
  else shell.takeFromEntity(message);
}

/** The core puts it aside, and counts it. */
function unusable(): MessageBody {
  return { kind: 'signal' } as never;
}

function answer(outcome: StepOutcome): Json | null {
  refuse(outcome);
  return outcome.status === 'done' ? (outcome.result ?? null) : null;
}

function refuse(outcome: StepOutcome): void {
  if (outcome.status !== 'refused' && outcome.status !== 'aside') return;
  const { code, message } = outcome;
  const fix = outcome.status === 'refused' ? outcome.fix : '';
  throw ApplicationFailure.create({ type: code, message: `${message} ${fix}`.trim(), nonRetryable: true, details: [{ code, fix }] });
}
