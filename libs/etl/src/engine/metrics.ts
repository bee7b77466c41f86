import type { MetricMeter } from '@temporalio/common';
import type { EventCounts, Outcome } from '@tributary/workflow-contracts/etl';
import { parseInstant } from '../time/instant.js';
import type { PageCommit } from '../store/types.js';

/** What a stage tells the worker's metrics. */
export interface StageMetrics {
  committed(pages: readonly PageCommit[], counts: EventCounts): void;
  unitEnded(outcome: Outcome): void;
  putBack(): void;
  /** A unit goes on from a mark of an earlier run. */
  resumed(since: string, startedAt: number): void;
}

export function stageMetrics(meter: MetricMeter, source: string, stage: string): StageMetrics {
  const loaded = meter.createCounter('tributary_etl_events', 'events', 'Events by what the load did with them');
  const typed = meter.createCounter('tributary_etl_events_by_type', 'events', 'Events handed to the load by type');
  const pages = meter.createCounter('tributary_etl_pages', 'pages', 'Pages loaded by stage');
  const units = meter.createCounter('tributary_etl_units', 'units', 'Units by stage and how they ended');
  const retries = meter.createCounter('tributary_etl_unit_retries', 'units', 'Units put back to be tried again');
  const quarantine = meter.createCounter('tributary_etl_quarantined', 'records', 'Records that could not be transformed by code');
  const age = meter.createGauge('tributary_etl_cursor_age_seconds', 'float', 's', 'Time between the mark that an incremental run goes on from and its start');
  return {
    committed(group, counts) {
      for (const [outcome, count] of Object.entries<number>({ ...counts })) if (count > 0) loaded.add(count, { source, outcome });
      const types = new Map<string, number>();
      for (const { events, quarantined } of group) {
        for (const { type } of events) types.set(type, (types.get(type) ?? 0) + 1);
        for (const { code } of quarantined) quarantine.add(1, { source, code });
      }
      for (const [type, count] of types) typed.add(count, { source, type });
      pages.add(group.length, { source, stage });
    },
    unitEnded: (outcome) => units.add(1, { source, stage, outcome }),
    putBack: () => retries.add(1, { source, stage }),
    resumed: (since, startedAt) => age.set(startedAt / 1_000 - Number(parseInstant(since)) / 1_000_000, { source, stage }),
  };
}
