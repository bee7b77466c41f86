import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pythonEnvironment, whyNoPython } from '@tributary/testing/python';

const REQUIREMENTS = join(__dirname, 'requirements.txt');

/** Why schemathesis cannot be had; undefined where it is there or can be installed. */
export function whyNoSchemathesis(): string | undefined {
  return given() === undefined ? whyNoPython() : undefined;
}

/**
 * The command of schemathesis: TRIBUTARY_SCHEMATHESIS, or the one in PATH, or one that is installed from PyPI into an
 * environment of its own in the user's cache folder.
 * @throws Error that says why it cannot be had
 */
export async function findSchemathesis(): Promise<readonly string[]> {
  const program = given();
  if (program !== undefined) return [program];
  const environment = await pythonEnvironment(REQUIREMENTS);
  if ('python' in environment) return [environment.python, '-m', 'schemathesis.cli'];
  throw new Error(`No schemathesis: ${environment.reason}. Install it (pip install schemathesis, Python 3.11 or later) and name it in TRIBUTARY_SCHEMATHESIS.`);
}

function given(): string | undefined {
  const named = process.env['TRIBUTARY_SCHEMATHESIS'];
  if (named !== undefined && named !== '') return named;
  try {
    execFileSync('schemathesis', ['--version'], { stdio: 'ignore' });
    return 'schemathesis';
  } catch {
    return undefined;
  }
}
