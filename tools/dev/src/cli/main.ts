import { DEV_USAGE } from '../errors.js';
import { Screen } from '../terminal/index.js';
import { Interrupted } from './interruption.js';
import { errorText } from './report-error.js';
import { run } from './run.js';
import { serve } from './serve.js';
import { stack } from './stack.js';
import { start } from './start.js';
import { temporal } from './temporal.js';
import { test } from './test.js';

const COMMANDS: Readonly<Record<string, (args: readonly string[], screen: Screen) => Promise<number>>> = { start, stack, temporal, test, serve, run };

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const screen = new Screen(process.stdout);
  try {
    const command = COMMANDS[name];
    if (!command) throw DEV_USAGE({ problem: `There is no command "${name}".`, usage: `main.ts ${Object.keys(COMMANDS).join('|')}` });
    return await command(args, screen);
  } catch (error) {
    screen.live([]);
    if (error instanceof Interrupted) return error.exitCode;
    process.stderr.write(`\n${errorText(error)}\n`);
    return 1;
  }
}

void main(process.argv.slice(2)).then((code) => process.exit(code));
