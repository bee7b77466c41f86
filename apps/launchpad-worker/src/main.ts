import { errorText } from './commands/error-text.js';
import { identities } from './commands/identities.js';
import { login } from './commands/login.js';
import { migrate } from './commands/migrate.js';
import { COMMAND_USAGE } from './errors.js';
import { runLaunchpadWorker } from './worker.js';

type Command = (args: readonly string[], env: NodeJS.ProcessEnv, print: (text: string) => void) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = { migrate, login, identities };

/** Without arguments the worker; otherwise one of the commands. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined) return runLaunchpadWorker(process.env);
  const command = COMMANDS[name];
  if (!command) throw COMMAND_USAGE({ problem: 'there is no such command', usage: `main.js [${Object.keys(COMMANDS).join(' | ')}]` });
  await command(args, process.env, (text) => process.stdout.write(`${text}\n`));
  return 0;
}

void main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${errorText(error)}\n`);
    process.exit(1);
  },
);
