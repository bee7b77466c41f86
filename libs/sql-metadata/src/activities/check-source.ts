import { Context, log } from '@temporalio/activity';
import type { DatabaseInfo } from '@tributary/clients/sql';
import { EXTRACT_SQL_METADATA, type ScopeReport } from '@tributary/workflow-contracts/sql-metadata';
import { MAX_DATABASES } from '../defaults.js';
import type { SqlMetadataDependencies } from '../dependencies.js';
import { SQL_NOTHING_CONNECTABLE, SQL_NOTHING_SELECTED, SQL_TOO_MANY_DATABASES } from '../errors.js';
import type { CheckedSource, RunContext } from '../messages.js';
import { DEFAULT_DATABASE, withSource } from './open-source.js';
import { validateInput } from './validate-input.js';

/** See `SqlMetadataActivities.checkSource`. */
export async function checkSource(dependencies: SqlMetadataDependencies, run: RunContext): Promise<CheckedSource> {
  validateInput(EXTRACT_SQL_METADATA, run.input);
  const { source, filters = {} } = run.input;
  const home = source.database ?? DEFAULT_DATABASE;
  return withSource(dependencies, run, home, Context.current().cancellationSignal, async (session) => {
    const found = await session.databases(filters);
    const selected = source.allDatabases ? found : found.filter(({ name }) => name === home);
    const databases = selected.filter(({ connectable }) => connectable).map(({ name }) => name);
    if (databases.length === 0) throw nothingToRead(selected, await session.databases({}));
    if (databases.length > MAX_DATABASES) throw SQL_TOO_MANY_DATABASES({ found: databases.length, limit: MAX_DATABASES });
    log.info('Source checked', { serverVersion: session.serverVersion, databases: databases.length });
    return { serverVersion: session.serverVersion, databases: databases.sort(), reports: selected.flatMap(unconnectable) };
  });
}

/** @param selected what the filters and the input select @param all what the server has */
function nothingToRead(selected: readonly DatabaseInfo[], all: readonly DatabaseInfo[]): Error {
  const names = (databases: readonly DatabaseInfo[]): string[] => databases.slice(0, 10).map(({ name }) => name);
  if (selected.length === 0) return SQL_NOTHING_SELECTED({ found: all.length, names: names(all) });
  const fixes = selected.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
  return SQL_NOTHING_CONNECTABLE({ names: names(selected), fixes: fixes.slice(0, 10) });
}

function unconnectable({ name, connectable, reason, fix }: DatabaseInfo): ScopeReport[] {
  if (connectable) return [];
  return [{ scope: { database: name }, verdict: 'unreadable', reason: reason ?? 'not connectable', ...(fix && { fix }), count: 1 }];
}
