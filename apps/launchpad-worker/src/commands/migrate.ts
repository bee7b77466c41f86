import { COMMAND_USAGE } from '../errors.js';
import { withDatabase } from './with-database.js';

/** `migrate`: brings the tables of the events database to this version. Repeating it changes nothing. */
export async function migrate(args: readonly string[], env: NodeJS.ProcessEnv, print: (text: string) => void): Promise<void> {
  if (args.length > 0) throw COMMAND_USAGE({ problem: 'migrate takes no arguments', usage: 'migrate' });
  await withDatabase(env, (database) => database.prepare({ migrate: true }));
  print('The tables of the events database are of this version.');
}
