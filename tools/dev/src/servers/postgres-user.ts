import { execFileSync } from 'node:child_process';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DEV_POSTGRES_USER } from '../errors.js';

const OTHERS_MAY_ENTER = 0o001;

/** The user that PostgreSQL runs as when we are root, which it refuses to run as. */
export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
}

/** How to run one PostgreSQL program. */
export interface PostgresCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * User `postgres` of this machine, made when missing; undefined when we are not root and run it as ourselves.
 * @throws DEV_POSTGRES_USER
 */
export function postgresUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known) return known;
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' });
  } catch (error) {
    throw DEV_POSTGRES_USER({ reason: error instanceof Error ? error.message : String(error) });
  }
  const made = lookUp();
  if (made) return made;
  throw DEV_POSTGRES_USER({ reason: 'user postgres was made, but cannot be found' });
}

/**
 * Command line that runs `program` as `user`. Folders that only root may enter, as `mktemp -d` and `/root` are, stay
 * as they are: the program gets the one capability that lets it pass through them.
 * @throws DEV_POSTGRES_USER when that is needed and cannot be done
 */
export function asPostgresUser(user: PostgresUser | undefined, program: string, args: readonly string[], paths: readonly string[]): PostgresCommand {
  if (!user) return { command: program, args };
  if ([program, ...paths].every(othersMayReach)) return { command: program, args, ...user };
  const capability = passThroughCapability();
  return {
    command: 'setpriv',
    args: [
      `--reuid=${String(user.uid)}`,
      `--regid=${String(user.gid)}`,
      '--clear-groups',
      // Without it access(2) ignores capabilities, and initdb asks access(2) whether it may run postgres.
      '--securebits=+no_setuid_fixup',
      `--inh-caps=+${capability}`,
      `--ambient-caps=+${capability}`,
      program,
      ...args,
    ],
  };
}

function lookUp(): PostgresUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function othersMayReach(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & OTHERS_MAY_ENTER) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function passThroughCapability(): string {
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  const has = (bit: number): boolean => ((BigInt(`0x${effective}`) >> BigInt(bit)) & 1n) === 1n;
  const found = has(2) ? 'dac_read_search' : has(1) ? 'dac_override' : undefined;
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv', '/usr/sbin/setpriv', '/sbin/setpriv'].some(isExecutable);
  if (found && setpriv) return found;
  throw DEV_POSTGRES_USER({ reason: 'user postgres may not enter the folder of this repository, and setpriv (util-linux) cannot help' });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
