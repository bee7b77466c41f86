import type { ObjectStore } from '@tributary/clients';
import { ARTIFACT_COLUMNS_EXCEEDED } from '../errors.js';
import { csvHeader, csvLine, flatten } from './csv-rows.js';
import { readRecords } from './json-lines.js';

/** Columns that a spreadsheet can be expected to take; entities have some fifty. */
const COLUMNS_MAX = 2_000;

/**
 * Columns of an object of JSON lines: every one that any of its records has, in order of appearance. Reads it through,
 * since a header stands before the rows.
 * @throws CodedError ARTIFACT_COLUMNS_EXCEEDED, ARTIFACT_DAMAGED
 */
export async function csvColumns(objects: ObjectStore, uri: string, signal: AbortSignal): Promise<readonly string[]> {
  const columns = new Set<string>();
  for await (const records of readRecords(objects, uri, signal)) {
    for (const record of records) for (const column of flatten(record).keys()) columns.add(column);
    if (columns.size > COLUMNS_MAX) throw ARTIFACT_COLUMNS_EXCEEDED({ limit: COLUMNS_MAX });
  }
  return [...columns];
}

/** The object as CSV, piece by piece. */
export async function* csvText(objects: ObjectStore, uri: string, columns: readonly string[], signal: AbortSignal): AsyncGenerator<string> {
  yield csvHeader(columns);
  for await (const records of readRecords(objects, uri, signal)) {
    yield records.map((record) => csvLine(columns, flatten(record))).join('');
  }
}
