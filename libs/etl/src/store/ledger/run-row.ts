import { sql, type Transaction } from 'kysely';
import type { EventCounts } from '@tributary/workflow-contracts/etl';
import type { Connection, Executor } from '../database/connection.js';
import { jsonText } from '../database/json-text.js';
import type { Tables } from '../database/tables.js';
import { ETL_RUN_CLOSED, ETL_RUN_SUPERSEDED } from '../errors.js';
import type { RunDescription } from '../types.js';

/** A run that an attempt has opened. */
export interface OpenRun {
  readonly connection: Connection;
  readonly id: number;
  readonly attempt: number;
  readonly run: RunDescription;
}

export interface StageCounts {
  readonly done: number;
  readonly total: number;
}

/** What the run's row counts. */
export interface RunCounters {
  events: EventCounts;
  records: number;
  quarantined: number;
  types: Readonly<Record<string, number>>;
  stages: Readonly<Record<string, StageCounts>>;
}

/** What one change adds to the counters. */
export interface CounterChanges {
  readonly events?: EventCounts;
  readonly records?: number;
  readonly quarantined?: number;
  readonly types?: ReadonlyMap<string, number>;
  readonly stages?: ReadonlyMap<string, StageCounts>;
}

/**
 * Locks the run for the transaction: its changes happen one after the other.
 * @throws CodedError ETL_RUN_SUPERSEDED, ETL_RUN_CLOSED unless `closed` is allowed
 */
export async function lockRun(
  transaction: Transaction<Tables>,
  { id, attempt, run }: OpenRun,
  allowed: { readonly closed: boolean } = { closed: false },
): Promise<RunCounters & { readonly closed: boolean }> {
  const row = await transaction
    .selectFrom('flow_runs')
    .select(['attempt', 'state', 'inserted', 'updated', 'unchanged', 'records', 'quarantined', 'types', 'stages'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw ETL_RUN_CLOSED({ run: run.key });
  if (row.attempt > attempt) throw ETL_RUN_SUPERSEDED({ run: run.key, attempt, latest: row.attempt });
  const closed = row.state !== 'running';
  if (closed && !allowed.closed) throw ETL_RUN_CLOSED({ run: run.key });
  const { inserted, updated, unchanged, records, quarantined, types, stages } = row;
  return { closed, events: { inserted, updated, unchanged }, records, quarantined, types, stages };
}

/** Adds up the counters of the row that `lockRun` has locked. */
export async function addCounters(executor: Executor, { id }: OpenRun, now: RunCounters, more: CounterChanges): Promise<void> {
  const events = more.events ?? { inserted: 0, updated: 0, unchanged: 0 };
  await executor
    .updateTable('flow_runs')
    .set({
      touched_at: sql<string>`now()`,
      inserted: now.events.inserted + events.inserted,
      updated: now.events.updated + events.updated,
      unchanged: now.events.unchanged + events.unchanged,
      records: now.records + (more.records ?? 0),
      quarantined: now.quarantined + (more.quarantined ?? 0),
      types: jsonText(addUp(now.types, more.types, (a = 0, b) => a + b)),
      stages: jsonText(addUp(now.stages, more.stages, (a, b) => ({ done: (a?.done ?? 0) + b.done, total: (a?.total ?? 0) + b.total }))),
    })
    .where('id', '=', id)
    .execute();
}

/** Opens the row of a run, new or begun, for an attempt. @throws CodedError ETL_RUN_SUPERSEDED */
export async function openRow(connection: Connection, run: RunDescription, attempt: number): Promise<number> {
  const row = await connection.transaction('opening the run', (transaction) =>
    transaction
      .insertInto('flow_runs')
      .values({
        key: run.key,
        source_kind_id: run.sourceKindId,
        query_type: run.queryType,
        scope: run.scope,
        incremental: run.incremental,
        summary: jsonText(run.summary),
        window_start: run.window.start,
        window_end: run.window.end,
        started_at: run.startedAt,
        attempt,
      })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({ attempt: sql<number>`greatest(flow_runs.attempt, excluded.attempt)`, touched_at: sql<string>`now()` }),
      )
      .returning(['id', 'attempt'])
      .executeTakeFirstOrThrow(),
  );
  if (row.attempt > attempt) throw ETL_RUN_SUPERSEDED({ run: run.key, attempt, latest: row.attempt });
  return row.id;
}

function addUp<T>(now: Readonly<Record<string, T>>, more: ReadonlyMap<string, T> | undefined, add: (a: T | undefined, b: T) => T): Record<string, T> {
  const sums = new Map(Object.entries(now));
  for (const [name, value] of more ?? []) sums.set(name, add(sums.get(name), value));
  return Object.fromEntries(sums);
}
