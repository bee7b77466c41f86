import { inheritance } from '../credentials/inheritance.js';
import type { Ending, Ownership } from '../definitions/parts.js';
import type { StartInput } from '../effects.js';
import { backoffMs, draw } from '../loading/chance.js';
import { linkKey, newLink } from '../links/link.js';
import { patchesFor } from '../links/marks.js';
import { dropLink, keepLink } from '../links/outbox.js';
import { markAll } from '../links/route.js';
import { subGraph } from '../links/sub-graph.js';
import type { Outcome } from '../messages.js';
import { keyOf, splitKey } from '../state/patch.js';
import { recordAt } from '../state/store.js';
import type { Work } from '../work.js';
import type { Child } from './child.js';

/** Entities that a start brings with it; the rest follows over the link. */
const WITH_START = 50;
const RESTART_BASE_MS = 1000;
const RESTART_MAX_MS = 600_000;
/** A run of this length counts as a success, whatever its end. */
const GOOD_RUN_MS = 600_000;

type Candidate = Pick<Child, 'type' | 'id' | 'relation' | 'failures'>;

/** Has a child looked at from `time` on. */
export function attend(work: Work, workflow: string, time: number): void {
  const known = work.next.attention.get(workflow);
  if (known === undefined || time < known) work.next.attention = work.next.attention.set(workflow, time);
}

/** Orders the start of a child, with its own sub-graph and what it inherits. @returns true */
export function start(
  work: Work,
  workflow: string,
  { type, id, relation, failures }: Candidate,
  ownership: Ownership,
): true {
  const epoch = work.epoch();
  keep(work, workflow, {
    type,
    id,
    relation,
    status: 'starting',
    epoch,
    since: work.moment.at,
    failures,
    attached: false,
  });
  const key = linkKey('down', workflow);
  keepLink(work, key, newLink('down', workflow, epoch, { open: false }));
  const entities = subGraph(work.territory, keyOf({ type, id }));
  const patches = entities.slice(0, WITH_START).flatMap((entity) => {
    const at = splitKey(entity);
    const record = recordAt(work.store, at.type, at.id);
    return record ? patchesFor(at.type, at.id, record, 'all') : [];
  });
  markAll(work, key, entities.slice(WITH_START));
  const { workflow: owner, level } = work.next.self;
  const input: StartInput = {
    type,
    id,
    workflow,
    level: level + 1,
    owner: { workflow: owner, epoch },
    patches,
    inherit: inheritance(work.next),
    ...(ownership.up && { up: ownership.up }),
  };
  work.effect({
    kind: 'startChild',
    child: workflow,
    workflowType: ownership.workflow,
    epoch,
    shared: ownership.shared,
    input,
  });
  work.count('childrenStarted');
  return true;
}

/** Releases a child that nothing asks for any more. @returns true */
export function end(work: Work, workflow: string, child: Child): true {
  release(work, workflow, child, work.definition.owns[child.relation]?.onOrphan ?? 'cancel');
  work.next.children = work.next.children.delete(workflow);
  return true;
}

/** Ends all children as their relations say, for the workflow itself ends. */
export function endAll(work: Work): void {
  for (const [workflow, child] of work.next.children.entries()) {
    if (child.status !== 'running' && child.status !== 'starting') continue;
    release(work, workflow, child, work.definition.owns[child.relation]?.onClose ?? 'cancel');
  }
}

/** A child ends when its last owner releases it: to cancel it from here would end it for the others too. */
function release(work: Work, workflow: string, { epoch }: Child, how: Ending): void {
  work.effect({ kind: 'endChild', child: workflow, epoch, how });
  forgetLinks(work, workflow);
  work.count('childrenEnded');
}

/** A start has succeeded: what gathered meanwhile is sent. */
export function started(work: Work, workflow: string, epoch: number, attached: boolean): void {
  const child = current(work, workflow, epoch);
  if (child?.status !== 'starting') return;
  keep(work, workflow, { ...child, status: 'running', since: work.moment.at, attached });
  const key = linkKey('down', workflow);
  const link = work.next.links.get(key);
  if (link) keepLink(work, key, { ...link, open: true });
  attend(work, workflow, work.moment.at);
}

export function startFailed(work: Work, workflow: string, epoch: number, error: string): void {
  const child = current(work, workflow, epoch);
  if (child) waitToRestart(work, workflow, { ...child, error: error.slice(0, 500), failures: child.failures + 1 });
}

/** A child has ended by itself. Nothing is sent to it from here on. */
export function ended(work: Work, workflow: string, epoch: number, outcome: Outcome): void {
  const child = current(work, workflow, epoch);
  if (!child) return;
  forgetLinks(work, workflow);
  const restart = work.definition.owns[child.relation]?.restart ?? 'never';
  const again = restart === 'always' || (restart === 'onFailure' && outcome !== 'completed');
  const isGood = work.moment.at - child.since >= GOOD_RUN_MS;
  const next: Child = { ...child, outcome, failures: isGood ? 1 : child.failures + 1 };
  if (again) waitToRestart(work, workflow, next);
  else {
    keep(work, workflow, { ...next, status: 'ended', since: work.moment.at });
    attend(work, workflow, work.moment.at);
  }
}

/** A waiting child's `since` is when its wait ends. */
function waitToRestart(work: Work, workflow: string, child: Child): void {
  const wait = backoffMs(child.failures, RESTART_BASE_MS, RESTART_MAX_MS, draw(work.moment.random, workflow));
  const since = work.moment.at + wait;
  keep(work, workflow, { ...child, status: 'waiting', since });
  forgetLinks(work, workflow);
  attend(work, workflow, since);
}

function current(work: Work, workflow: string, epoch: number): Child | undefined {
  const child = work.next.children.get(workflow);
  if (child?.epoch === epoch) return child;
  work.count('stale');
  return undefined;
}

function forgetLinks(work: Work, workflow: string): void {
  dropLink(work, linkKey('down', workflow));
  work.next.received = work.next.received.delete(linkKey('up', workflow));
}

function keep(work: Work, workflow: string, child: Child): void {
  work.next.children = work.next.children.set(workflow, child);
}
