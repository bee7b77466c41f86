import { randomUUID } from 'node:crypto';
import { Secret } from '@tributary/common';
import type { PostgresServer } from '@tributary/dev/servers';
import type { Event } from '@tributary/workflow-contracts/etl';
import type { Unit } from '../source.js';
import { openEventDatabase, type EventDatabaseOptions, type OpenEventDatabase, type PageCommit, type RunDescription } from '../store/index.js';

export const IDENTITY_KEY = new Secret('a-key-for-tests-of-32-characters');

/** Opens the events database on a server, as its owner if nothing else is asked for. */
export function openStore(server: PostgresServer, more: Partial<EventDatabaseOptions> = {}): OpenEventDatabase {
  return openEventDatabase({ url: urlOf(server), password: new Secret(server.password), identityKey: IDENTITY_KEY, ...more });
}

/** URL of a database of the server, without a password. */
export function urlOf({ host, port, user, database }: PostgresServer, change: { user?: string; database?: string } = {}): string {
  return `postgres://${change.user ?? user}@${host}:${port}/${change.database ?? database}`;
}

/** A prepared database in a schema of its own. */
export async function openFreshStore(server: PostgresServer, more: Partial<EventDatabaseOptions> = {}): Promise<OpenEventDatabase> {
  const database = openStore(server, { schema: `test ${randomUUID()}`, ...more });
  await database.prepare({ migrate: true });
  return database;
}

export function runOf(more: Partial<RunDescription> = {}): RunDescription {
  return {
    key: `flow/${randomUUID()}`,
    sourceKindId: 'launchpad',
    queryType: 'LaunchpadQuery',
    summary: { member: 'alice' },
    window: { start: '2026-01-01T00:00:00.000000Z', end: '2026-02-01T00:00:00.000000Z' },
    scope: 'alice',
    incremental: false,
    quarantineThreshold: 0,
    startedAt: '2026-02-01T00:00:00.000001Z',
    ...more,
  };
}

export function eventOf(id: string, more: Partial<Event> = {}): Event {
  return {
    id,
    parent_id: 'bug-1',
    week: '2026-01-05',
    employee_id: 'E1',
    type: 'bug.commented',
    time_utc: '2026-01-07T12:30:00.123456Z',
    source_kind_id: 'launchpad',
    relation_properties: { size: 1 },
    ...more,
  };
}

export function unitOf(key: string, more: Partial<Unit> = {}): Unit {
  return { key, stage: 'visit', kind: 'bug', payload: {}, subjects: ['alice'], ...more };
}

export function pageOf(unit: string, more: Partial<PageCommit> = {}): PageCommit {
  return { unit, records: 0, people: [], readAt: performance.now(), events: [], discovered: [], cursor: undefined, remember: [], quarantined: [], ...more };
}

/** What a released version leaves behind: a run that has ended, and one in the middle. */
export async function loadSampleRows(database: OpenEventDatabase): Promise<void> {
  await database.identities.put([{ sourceKindId: 'launchpad', name: 'alice', employeeId: 'E1' }]);
  for (const key of ['ended', 'running']) {
    const ledger = await database.openRun(runOf({ key, incremental: true }), 1);
    await ledger.add([unitOf('list', { stage: 'list', mark: 'listing' }), unitOf('other', { subjects: ['bob'] })]);
    const quarantined = [{ record: 'message 2', code: 'RECORD_INVALID', message: 'It has no date' }];
    const discovered = [unitOf('bug:1')];
    await ledger.commit([
      pageOf('list', { discovered, remember: [{ key: 'bug:1', value: { seen: 1 } }], renamed: { subject: 'alice', to: 'alice2' } }),
      pageOf('other', { quarantined, events: [eventOf('bug-2-created', { employee_id: null })], cursor: 'page 2' }),
    ]);
    await ledger.commit([pageOf('bug:1', { events: [eventOf(`bug-1-comment-${key}`), eventOf('bug-1-created')] })]);
    if (key === 'ended') await ledger.end({ unit: 'other', outcome: 'failed', code: 'SOURCE_BROKEN', message: 'It broke' });
    if (key === 'ended') await ledger.finish('failed');
  }
}
