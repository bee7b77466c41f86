import { isCodedError } from '@tributary/common';
import { ended, started, startFailed } from './children/life.js';
import { reconcile } from './children/reconcile.js';
import { act, callActivities, called, settle } from './control/actions.js';
import { close } from './control/close.js';
import { raiseEvents } from './control/events.js';
import { messageProblem, senderOf } from './control/message-problem.js';
import { outcomeAgain } from './control/outcomes.js';
import { problemText } from './control/problem-text.js';
import type { CoreState } from './core-state.js';
import { setApiUrl, setCredential } from './credentials/settings.js';
import type { EntityWorkflow } from './definitions/workflow.js';
import type { Effect, StepOutcome } from './effects.js';
import { STATEFUL_CLOSED, STATEFUL_INBOX_FULL } from './errors.js';
import { dropSubscriber, subscribe, unsubscribe } from './links/subscriptions.js';
import { linkKey } from './links/link.js';
import { confirm, flush, repeatLater } from './links/outbox.js';
import { attach, removeOwner } from './links/owners.js';
import { acknowledge, receive, sendAcks } from './links/receive.js';
import { loaded, loadFailed, loadInvalid, requestLoad, startLoads } from './loading/loads.js';
import type { Direction, FailedTarget, Message } from './messages.js';
import type { Patch } from './state/patch.js';
import { laterClock, tick, type Clock } from './state/stamp.js';
import { PersistentMap } from './state/persistent-map.js';
import { updateRollups } from './state/rollups.js';
import { Work } from './work.js';

/** What became of a message: the next state, what changed in it, and what is to be done. */
export interface StepResult {
  readonly state: CoreState;
  readonly patches: readonly Patch[];
  readonly effects: readonly Effect[];
  readonly outcome: StepOutcome;
}

const DONE: StepOutcome = { status: 'done' };
/** What waits in the inbox while an entity is paused. Everything else only notes what has happened already. */
const HELD: ReadonlySet<string> = new Set([
  'change',
  'action',
  'load',
  'subscribe',
  'unsubscribe',
  'link',
  'attach',
  'release',
  'loaded',
  'loadFailed',
  'called',
  'cycle',
]);
/** What a client waits for an answer to. */
const ASKED: ReadonlySet<string> = new Set([
  'change',
  'action',
  'load',
  'subscribe',
  'unsubscribe',
  'credential',
  'apiUrl',
]);
const ANSWERS: ReadonlySet<string> = new Set(['loaded', 'loadFailed', 'called']);

/**
 * Takes one message. Never throws: what cannot be used is refused, if a client asked, or put aside, and leaves the state
 * as it was but for the counters. Effects are given by `cycle`, which the shell sends when no message is left.
 */
export function step(definition: EntityWorkflow, state: CoreState, message: Message): StepResult {
  const problem = messageProblem(message);
  const moment =
    problem === undefined ? { at: message.at, random: message.random } : { at: state.clock.time, random: 0 };
  const work = new Work(definition, state, moment);
  work.count('messages');
  if (problem !== undefined) {
    work.putAside(kindOf(message), 'STATEFUL_MESSAGE_INVALID', problem, senderOf(message));
    return result(work, { status: 'aside', code: 'STATEFUL_MESSAGE_INVALID', message: problem });
  }
  try {
    return result(work, handle(work, message));
  } catch (error) {
    return recover(definition, state, message, error);
  }
}

function handle(work: Work, message: Message): StepOutcome {
  if (work.next.status === 'paused' && HELD.has(message.kind)) return hold(work, message);
  if (work.next.status === 'closing' && ASKED.has(message.kind)) throw STATEFUL_CLOSED({ status: work.next.status });
  if (isKnown(work, message)) {
    work.count('duplicates');
    return message.kind === 'action' ? outcomeAgain(work, message.id) : { status: 'duplicate' };
  }
  const outcome = dispatch(work, message) ?? DONE;
  remember(work, message);
  return outcome;
}

function dispatch(work: Work, message: Message): StepOutcome | void {
  switch (message.kind) {
    case 'change': {
      const author = work.author();
      for (const change of message.changes) author.change(change);
      return undefined;
    }
    case 'action':
      return act(work, message);
    case 'load':
      return requestLoad(work, message.loader);
    case 'subscribe':
      return subscribe(work, message.subscriber, message.subscription, message.selector);
    case 'unsubscribe':
      return unsubscribe(work, message.subscriber, message.subscription);
    case 'credential':
      return setCredential(work, message.credential);
    case 'apiUrl':
      return setApiUrl(work, message.url);
    case 'pause':
      work.next.status = work.next.status === 'closing' ? 'closing' : 'paused';
      return undefined;
    case 'resume':
      return resume(work);
    case 'shutdown':
      return close(work, message.how);
    case 'link':
      return receive(work, message);
    case 'ack':
      return acknowledge(work, message);
    case 'attach':
      return attach(work, message);
    case 'release':
      // The owner that leaves is told the last there is.
      flush(work, { last: true });
      if (removeOwner(work, message.owner, message.epoch) && message.how !== 'abandon') close(work, message.how);
      return undefined;
    case 'sent':
      if (work.definition.confirm === 'transport') {
        for (const { to, epoch, seq } of message.delivered)
          confirm(work, linkKey(message.direction, to), epoch, seq, false);
      }
      for (const target of message.failed) undelivered(work, message.direction, target);
      return undefined;
    case 'loaded':
      return loaded(work, message);
    case 'loadFailed':
      return loadFailed(work, message);
    case 'called':
      return called(work, message);
    case 'childStarted':
      return started(work, message.child, message.epoch, message.attached ?? false);
    case 'childStartFailed':
      return startFailed(work, message.child, message.epoch, message.error);
    case 'childEnded':
      return ended(work, message.child, message.epoch, message.outcome);
    case 'cycle':
      return cycle(work);
  }
}

/** Does what is due and tells what changed since the last cycle. */
function cycle(work: Work): void {
  if (work.next.status === 'running') {
    updateRollups(work);
    reconcile(work);
    startLoads(work);
    callActivities(work);
    raiseEvents(work);
    work.next.touched = PersistentMap.empty();
  }
  flush(work);
  sendAcks(work);
}

/** While paused nothing changes and nothing is done: what comes waits, up to a limit. */
function hold(work: Work, message: Message): StepOutcome {
  if (message.kind === 'cycle') return DONE;
  const { inbox } = work.next;
  // What an effect has led to is bounded by the effects that were under way.
  if (inbox.length < work.definition.limits.inbox || ANSWERS.has(message.kind)) {
    work.next.clock = tick(work.next.clock, message.at);
    work.next.inbox = [...inbox, { ...message, came: work.next.clock }];
    return { status: 'pending' };
  }
  if (ASKED.has(message.kind)) throw STATEFUL_INBOX_FULL({ held: inbox.length });
  // A delivery need not be kept: its sender can tell everything again.
  if (message.kind === 'link')
    work.next.acksDue = work.next.acksDue.set(linkKey(message.direction, message.from), 'resync');
  else
    work.putAside(message.kind, 'STATEFUL_INBOX_FULL', `the inbox holds ${inbox.length} messages`, senderOf(message));
  return { status: 'pending' };
}

function resume(work: Work): void {
  if (work.next.status !== 'paused') return;
  const held = work.next.inbox;
  let state: CoreState = { ...work.finish(), status: 'running', inbox: [] };
  let reached: Clock | undefined;
  for (const { came, ...message } of held) {
    // What was written elsewhere since it came is later, so it must not take its stamps from now.
    const clock = came === undefined ? state.clock : laterClock(came, reached ?? came);
    const next = step(work.definition, { ...state, clock }, message);
    reached = next.state.clock;
    const { counters } = next.state;
    // It was counted when it came.
    state = { ...next.state, clock: laterClock(state.clock, reached), counters: { ...counters, messages: counters.messages - 1 } };
    work.patches.push(...next.patches);
    work.effects.push(...next.effects);
    if ('id' in message && message.id !== undefined && message.kind !== 'called' && next.outcome.status !== 'pending') {
      work.effect({ kind: 'reply', id: message.id, outcome: next.outcome });
    }
  }
  work.replace(state);
}

function undelivered(work: Work, direction: Direction, { to, epoch, seq, gone }: FailedTarget): void {
  const key = linkKey(direction, to);
  if (!gone) {
    repeatLater(work, key, epoch, seq);
    return;
  }
  if (work.next.links.get(key)?.epoch !== epoch) work.count('stale');
  else if (direction === 'subscription') dropSubscriber(work, to);
  else if (direction === 'up') removeOwner(work, to, Infinity);
  else ended(work, to, work.next.children.get(to)?.epoch ?? 0, 'gone');
}

/** Refuses or puts aside what failed, on the state as it was before. */
function recover(definition: EntityWorkflow, state: CoreState, message: Message, error: unknown): StepResult {
  const work = new Work(definition, state, message);
  work.count('messages');
  const code = isCodedError(error) ? error.code : 'STATEFUL_DEFINITION_INVALID';
  const text = problemText(error);
  const refused: StepOutcome = { status: 'refused', code, message: text, fix: isCodedError(error) ? error.fix : '' };
  if (ASKED.has(message.kind)) {
    work.count('refused');
    return result(work, refused);
  }
  const call = message.kind === 'called' ? work.next.calls.find((other) => other.id === message.id) : undefined;
  if (call) {
    work.count('refused');
    settle(work, call, refused);
    return result(work, DONE);
  }
  if (message.kind === 'loaded') {
    loadInvalid(work, message, error);
    return result(work, DONE);
  }
  work.putAside(message.kind, code, text, senderOf(message));
  return result(work, { status: 'aside', code, message: text });
}

function isKnown(work: Work, message: Message): boolean {
  return (
    (message.kind === 'change' || message.kind === 'action') &&
    message.id !== undefined &&
    work.next.remembered.includes(message.id)
  );
}

function remember(work: Work, message: Message): void {
  if ((message.kind !== 'change' && message.kind !== 'action') || message.id === undefined) return;
  work.next.remembered = [...work.next.remembered, message.id].slice(-work.definition.limits.remembered);
}

function result(work: Work, outcome: StepOutcome): StepResult {
  return { state: work.finish(), patches: work.patches, effects: work.effects, outcome };
}

function kindOf(message: unknown): string {
  const kind = typeof message === 'object' && message !== null ? (message as { kind?: unknown }).kind : undefined;
  return typeof kind === 'string' && /^[A-Za-z]{1,30}$/.test(kind) ? kind : 'unknown';
}
