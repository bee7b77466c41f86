import { readFile } from 'node:fs/promises';
import { COMMAND_USAGE, IDENTITY_FILE_UNREADABLE } from '../errors.js';
import { parseIdentities } from './identity-file.js';
import { withDatabase } from './with-database.js';

const SOURCE_KIND = 'launchpad';
const USAGE = 'identities import FILE.csv, with lines name,employee_id';

/**
 * `identities import FILE`: puts the directory of people into the events database, and gives events that are loaded
 * already to them.
 */
export async function identities(args: readonly string[], env: NodeJS.ProcessEnv, print: (text: string) => void): Promise<void> {
  const [verb, file, ...more] = args;
  if (verb !== 'import' || file === undefined || more.length > 0) throw COMMAND_USAGE({ problem: 'it names no file to import', usage: USAGE });
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw IDENTITY_FILE_UNREADABLE({ file, reason: (error as NodeJS.ErrnoException).code ?? 'it cannot be opened' }, { cause: error });
  });
  const rows = parseIdentities(text, file);
  const { inserted, updated, unchanged, events } = await withDatabase(env, async (database) => {
    await database.prepare({ migrate: false });
    const counts = await database.identities.put(rows.map((row) => ({ sourceKindId: SOURCE_KIND, ...row })));
    return { ...counts, events: await database.identities.reattribute(SOURCE_KIND) };
  });
  print(`${rows.length} identities: ${inserted} inserted, ${updated} updated, ${unchanged} unchanged.`);
  print(`${events.changed} loaded events have other ids now.`);
  if (events.ambiguous > 0) print(`${events.ambiguous} keep an id that has stood for several people, until they are loaded again.`);
}
