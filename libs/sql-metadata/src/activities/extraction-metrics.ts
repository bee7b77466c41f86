import type { MetricMeter } from '@temporalio/common';
import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';
import type { BatchDocument } from '../messages.js';

/** Counts the records of a finished batch: rows of the source, rows read, entities and quarantined ones. */
export function countBatch(meter: MetricMeter, { counts }: BatchDocument): void {
  const records = meter.createCounter('tributary_sql_metadata_records', 'records', 'Records of finished batches by kind and stage: source, raw, entities or quarantined');
  const { database: _, kind, ...stages } = counts;
  for (const [stage, count] of Object.entries(stages)) records.add(count, { kind, stage });
}

/** Counts what a batch had to quarantine, also when that is too much for the run to go on. */
export function countQuarantine(meter: MetricMeter, { counts: { kind }, quarantine }: BatchDocument): void {
  const quarantined = meter.createCounter('tributary_sql_metadata_quarantined', 'records', 'Records that could not be transformed by kind and code');
  for (const { code, count } of quarantine) quarantined.add(count, { kind, code });
}

/** Counts a run that is published, and its entities by type. */
export function countPublished(meter: MetricMeter, { entities }: Pick<ExtractionManifest, 'entities'>): void {
  meter.createCounter('tributary_sql_metadata_published', 'runs', 'Runs that were published').add(1);
  const published = meter.createCounter('tributary_sql_metadata_published_entities', 'entities', 'Entities of published runs by type');
  for (const [type, count] of Object.entries<number>({ ...entities })) published.add(count, { type });
}
