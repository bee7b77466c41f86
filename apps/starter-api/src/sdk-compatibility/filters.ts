import type { FilterRule, Filters } from '@tributary/workflow-contracts/sql-metadata';
import { SDK_FILTER_INVALID, SDK_UNSUPPORTED } from '../errors.js';
import { isObject, type SdkBody } from './credentials.js';
import { globOfName, globsOfSearch } from './patterns.js';

/** Options that change what is extracted: one that is on must not be passed over. */
const OPTIONS = ['exclude_views', 'exclude_empty_tables', 'exclude-views', 'exclude-empty-tables'];

/**
 * Filters of the SDK's `metadata`.
 * @throws CodedError SDK_FILTER_INVALID, SDK_PATTERN_UNSUPPORTED, SDK_UNSUPPORTED
 */
export function filtersOf(metadata: unknown): Filters {
  if (metadata === undefined || metadata === null) return {};
  if (!isObject(metadata)) throw SDK_FILTER_INVALID({ place: 'metadata' });
  refuseOptions(metadata);
  const include = [...rulesOf(metadata, 'include-filter'), ...databasesOf(metadata)];
  const exclude = [...rulesOf(metadata, 'exclude-filter'), ...temporaryTables(metadata)];
  return { ...(include.length > 0 ? { include } : {}), ...(exclude.length > 0 ? { exclude } : {}) };
}

function refuseOptions(metadata: SdkBody): void {
  const option = OPTIONS.find((name) => metadata[name] === true || metadata[name] === 'true');
  if (option !== undefined) throw SDK_UNSUPPORTED({ what: `metadata.${option}`, instead: 'Exclude views and tables by name, with exclude-filter or the filters of POST /v1/runs/extract-sql-metadata.' });
  const method = metadata['extraction-method'];
  if (method !== undefined && method !== 'direct') throw SDK_UNSUPPORTED({ what: 'an extraction-method other than direct', instead: 'Leave it out, or send direct.' });
}

function rulesOf(metadata: SdkBody, place: 'include-filter' | 'exclude-filter'): FilterRule[] {
  const filter = parsed(metadata[place], place);
  return Object.entries(filter).flatMap(([database, schemas]): FilterRule[] => {
    const rule = { database: globOfName(database, place) };
    if (schemas === '*' || schemas === '') return [rule];
    if (!Array.isArray(schemas) || !schemas.every((schema) => typeof schema === 'string')) throw SDK_FILTER_INVALID({ place });
    return schemas.length === 0 ? [rule] : schemas.map((schema) => (schema === '*' ? rule : { ...rule, schema: globOfName(schema, place) }));
  });
}

/** A filter as it is or as JSON text, as forms send it. */
function parsed(filter: unknown, place: string): SdkBody {
  if (filter === undefined || filter === null || filter === '') return {};
  const value = typeof filter === 'string' ? jsonOf(filter) : filter;
  if (!isObject(value)) throw SDK_FILTER_INVALID({ place });
  return value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function databasesOf({ databases }: SdkBody): FilterRule[] {
  if (databases === undefined) return [];
  if (!Array.isArray(databases) || !databases.every((name) => typeof name === 'string' && name !== '')) throw SDK_FILTER_INVALID({ place: 'databases' });
  return databases.map((name: string) => ({ database: name.replace(/[*?\\]/g, '\\$&') }));
}

function temporaryTables(metadata: SdkBody): FilterRule[] {
  const place = 'temp-table-regex';
  const pattern = metadata[place];
  if (pattern === undefined || pattern === null || pattern === '') return [];
  if (typeof pattern !== 'string') throw SDK_FILTER_INVALID({ place });
  return globsOfSearch(pattern, place).map((object) => ({ object }));
}
