import { parseArgs } from 'node:util';
import { isCodedError } from '@tributary/common';
import { apiKeyEntry, newApiKey } from '../auth/api-keys.js';
import { AUTH_KEY_COMMAND } from '../auth/errors.js';
import { ROLES } from '../auth/roles.js';

/** `api-key --name=… --role=…`: prints a new key, which is kept nowhere, and what the API has to know of it. */
export function makeApiKey(args: readonly string[], print: (text: string) => void): void {
  const { name, role } = parsed(args);
  if (name === undefined || role === undefined) throw AUTH_KEY_COMMAND({ problem: 'It needs a name and a role.', roles: ROLES });
  const key = newApiKey();
  const entry = apiKeyEntry(key, name, role);
  print(`Key, shown this once:        ${key}`);
  print(`Add to TRIBUTARY_API_KEYS:   ${entry}`);
}

function parsed(args: readonly string[]): { name?: string; role?: string } {
  try {
    return parseArgs({ args: [...args], options: { name: { type: 'string' }, role: { type: 'string' } } }).values;
  } catch {
    throw AUTH_KEY_COMMAND({ problem: 'It takes --name and --role alone.', roles: ROLES });
  }
}

if (require.main === module) {
  try {
    makeApiKey(process.argv.slice(2), (text) => process.stdout.write(`${text}\n`));
  } catch (error) {
    if (!isCodedError(error)) throw error;
    process.stderr.write(`${error.code}: ${error.message} ${error.fix}\n`);
    process.exitCode = 1;
  }
}
