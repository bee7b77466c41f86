import { isCodedError } from '@tributary/common';
import { apiUrlOf } from '../credentials/inheritance.js';
import type { Loader } from '../definitions/parts.js';
import type { LoadCredential } from '../effects.js';
import { STATEFUL_MESSAGE_INVALID } from '../errors.js';
import type { LoadError, MessageBody } from '../messages.js';
import { problemText } from '../control/problem-text.js';
import type { Work } from '../work.js';
import { backoffMs, draw, jittered } from './chance.js';
import type { LoadState } from './load-state.js';

/** Milliseconds by which loads after a rotation are spread, for each level of the tree. */
const ROTATION_SPREAD_MS = 2000;

export const FIRST_LOAD: LoadState = {
  requestedEpoch: 1,
  loadedEpoch: 0,
  notBefore: 0,
  failures: 0,
  awaitingRotation: false,
};

/** Asks for loads: of one loader, or of all. Each request is served by a load that begins after it. */
export function requestLoad(work: Work, name: string | undefined): void {
  const names = name === undefined ? Object.keys(work.definition.loaders) : [name];
  for (const loader of names) {
    const load = work.next.loads[loader];
    if (!load)
      throw STATEFUL_MESSAGE_INVALID({
        problem: `there is no loader of that name; allowed: ${Object.keys(work.next.loads).join(', ')}`,
      });
    keep(work, loader, { ...load, requestedEpoch: load.requestedEpoch + 1, notBefore: work.moment.at });
  }
}

/** Orders the loads that are due. */
export function startLoads(work: Work): void {
  const { at, random } = work.moment;
  for (const [name, loader] of Object.entries(work.definition.loaders)) {
    let load = work.next.loads[name] ?? FIRST_LOAD;
    if (load.nextAt !== undefined && load.nextAt <= at) {
      load = { ...load, requestedEpoch: load.requestedEpoch + 1, nextAt: nextTime(work, name, loader, at, random) };
    }
    const isDue = load.requestedEpoch > load.loadedEpoch && !load.running && load.notBefore <= at;
    keep(work, name, isDue ? begin(work, name, loader, load) : load);
  }
}

function begin(work: Work, name: string, loader: Loader, load: LoadState): LoadState {
  const epoch = load.requestedEpoch;
  const apiUrl = apiUrlOf(work.next);
  work.effect({
    kind: 'load',
    loader: name,
    activity: loader.activity,
    epoch,
    root: { type: work.next.self.type, id: work.next.self.id },
    credential: credentialOf(work, loader),
    ...(apiUrl !== undefined && { apiUrl }),
    ...(load.etag !== undefined && { etag: load.etag }),
    ...(loader.input !== undefined && { input: loader.input }),
  });
  work.count('loads');
  const { at, random } = work.moment;
  const nextAt = loader.everyMs === undefined ? undefined : (load.nextAt ?? nextTime(work, name, loader, at, random));
  return { ...load, running: { epoch, since: at }, ...(nextAt !== undefined && { nextAt }) };
}

function nextTime(work: Work, name: string, loader: Loader, at: number, random: number): number {
  const { workflow, level } = work.next.self;
  return at + jittered(loader.everyMs ?? 0, loader.jitter, level, draw(random, `${workflow} ${name}`));
}

/**
 * Merges a result: what differs becomes a change like any other. A result of an earlier request, or of an earlier state
 * of the source than one that was merged, is dropped.
 * @throws CodedError STATEFUL_MESSAGE_INVALID, STATEFUL_ENTITY_UNKNOWN when the result does not fit the definition
 */
export function loaded(work: Work, message: MessageBody & { kind: 'loaded' }): void {
  const load = work.next.loads[message.loader];
  if (load?.running?.epoch !== message.epoch) {
    work.count('stale');
    return;
  }
  if (message.revision !== undefined && message.revision < (load.revision ?? -Infinity)) {
    work.count('loadsDropped');
    keep(work, message.loader, { ...without(load), loadedEpoch: message.epoch });
    return;
  }
  const author = work.author({ onlyDifferences: true });
  for (const change of message.changes) author.change(change);
  keep(work, message.loader, {
    ...without(load),
    loadedEpoch: message.epoch,
    loadedAt: work.moment.at,
    notBefore: 0,
    failures: 0,
    awaitingRotation: false,
    ...(message.revision !== undefined && { revision: message.revision }),
    ...(message.etag !== undefined && { etag: message.etag }),
  });
}

/** Notes a failure and when to try again. The state stays; the request stays open. */
export function loadFailed(
  work: Work,
  { loader: name, epoch, error }: { readonly loader: string; readonly epoch: number; readonly error: LoadError },
): void {
  const load = work.next.loads[name];
  const loader = work.definition.loaders[name];
  if (!loader || load?.running?.epoch !== epoch) {
    work.count('stale');
    return;
  }
  work.count('loadFailures');
  const { at, random } = work.moment;
  const failures = load.failures + 1;
  const isRefused = error.auth === true && loader.onAuthError === 'awaitRotation';
  const hasNewer = load.running.superseded === true;
  const wait = backoffMs(
    failures,
    loader.backoffMs,
    loader.maxBackoffMs,
    draw(random, `${work.next.self.workflow} ${name}`),
  );
  // A store may rotate what a reference leads to and tell nobody: so it is tried now and then all the same.
  const delay = isRefused ? (hasNewer ? 0 : loader.maxBackoffMs) : Math.max(wait, error.retryAfterMs ?? 0);
  keep(work, name, {
    ...without(load),
    failures,
    error: { code: error.code, message: error.message.slice(0, 1000), at, ...(error.auth && { auth: true }) },
    awaitingRotation: isRefused && !hasNewer,
    notBefore: at + delay,
  });
}

/** A result that does not fit the definition is a failure of its load. */
export function loadInvalid(work: Work, message: MessageBody & { kind: 'loaded' }, error: unknown): void {
  const code = isCodedError(error) ? error.code : 'STATEFUL_DEFINITION_INVALID';
  loadFailed(work, { loader: message.loader, epoch: message.epoch, error: { code, message: problemText(error) } });
}

/** Another credential: what was refused may go now, and everything that uses it is loaded again. */
export function reloadForCredential(work: Work): void {
  const { at, random } = work.moment;
  const { workflow, level } = work.next.self;
  const ref = work.next.credential?.value.kind === 'reference' ? work.next.credential.value.ref : undefined;
  for (const [name, loader] of Object.entries(work.definition.loaders)) {
    const load = work.next.loads[name];
    if (!load || (loader.credential !== 'inherit' && loader.credential !== ref)) continue;
    const notBefore = at + Math.round(level * ROTATION_SPREAD_MS * draw(random, `${workflow} ${name}`));
    keep(work, name, {
      ...load,
      requestedEpoch: load.requestedEpoch + 1,
      awaitingRotation: false,
      notBefore,
      ...(load.running && { running: { ...load.running, superseded: true } }),
    });
  }
}

function credentialOf(work: Work, { credential }: Loader): LoadCredential {
  if (credential === 'none') return { kind: 'none' };
  const known = work.next.credential?.value;
  if (credential === 'inherit') return known ?? { kind: 'none' };
  return known?.kind === 'reference' && known.ref === credential
    ? known
    : { kind: 'reference', ref: credential, minVersion: 0 };
}

function without({ running: _, error: __, ...load }: LoadState): LoadState {
  return load;
}

function keep(work: Work, name: string, load: LoadState): void {
  if (work.next.loads[name] !== load) work.next.loads = { ...work.next.loads, [name]: load };
}
