import { ApplicationFailure, continueAsNew, defineQuery, proxyActivities, setHandler } from '@temporalio/workflow';
import { defineError } from '@tributary/common';
import type { createActivities } from './activities.js';

const FIXTURE_REFUSED = defineError('FIXTURE_REFUSED', { recovery: 'fatal', message: 'Received {what}.', fix: 'Ask for less.' });

const activities = proxyActivities<ReturnType<typeof createActivities>>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '20s',
  retry: { maximumAttempts: 3, initialInterval: '100ms' },
});

/** Runs one activity and returns its result. */
export async function runActivity(name: keyof ReturnType<typeof createActivities>, input: string): Promise<unknown> {
  return activities[name](input);
}

/** Grows a payload of `characters` in one of the places that are guarded. */
export async function grow(place: 'argument' | 'result' | 'continueAsNew' | 'query', characters: number): Promise<unknown> {
  const tables = 'x'.repeat(characters);
  if (place === 'argument') return activities.echo(tables);
  if (place === 'continueAsNew') return continueAsNew<typeof grow>(tables as 'result', 0);
  if (place === 'query') setHandler(defineQuery('big'), () => ({ tables }));
  return place === 'result' ? { small: 1, tables } : 'done';
}

/** Throws a coded error itself. */
export async function refuse(what: string): Promise<void> {
  if (what === 'plain') throw ApplicationFailure.nonRetryable('plain', 'PLAIN');
  throw FIXTURE_REFUSED({ what });
}
