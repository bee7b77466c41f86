import type { CatalogScope } from '@tributary/clients/sql';
import type { RunContext } from '../messages.js';

/** What a run reads of one database. */
export function scopeOf(run: RunContext, database: string): CatalogScope {
  const { filters = {}, options } = run.input;
  return { database, filters, relationSizes: options?.relationSizes ?? false };
}
