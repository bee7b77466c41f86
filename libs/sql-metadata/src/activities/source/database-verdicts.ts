import { explainFilters, type CatalogSession, type DatabaseInfo } from '@tributary/clients/sql';
import type { Filters, SqlSource, Verdict } from '@tributary/workflow-contracts/sql-metadata';
import { DEFAULT_DATABASE } from '../open-source.js';

export interface JudgedDatabase {
  readonly name: string;
  readonly verdict: Verdict;
}

/** Every database of the server, by name, with whether an extraction of `source` under `filters` has it. */
export async function judgeDatabases(session: CatalogSession, source: SqlSource, filters: Filters): Promise<JudgedDatabase[]> {
  const all = await session.databases({});
  return all.map((info) => ({ name: info.name, verdict: verdictOf(info, source, filters) }));
}

function verdictOf({ name, connectable, reason, fix }: DatabaseInfo, source: SqlSource, filters: Filters): Verdict {
  const home = source.database ?? DEFAULT_DATABASE;
  const filtered = explainFilters(filters, { database: name });
  const readable = { readable: connectable, ...(fix !== undefined && { fix }) };
  if (!source.allDatabases && name !== home) {
    return { selected: false, ...readable, reason: `source.allDatabases is off, and source.database is "${home}"` };
  }
  const { selected, rule } = filtered;
  const words = selected && !connectable ? `${filtered.reason}, but ${reason ?? 'it takes no connections'}` : filtered.reason;
  return { selected, ...readable, reason: words, ...(rule && { rule }) };
}
