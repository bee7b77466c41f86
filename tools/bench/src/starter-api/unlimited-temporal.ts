import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findTemporal } from '@tributary/dev/binaries';

/** Above what this machine can do: a server at its limits answers late on purpose, and would be all that is measured. */
const LIMITS = ['frontend.namespaceRPS=100000', 'frontend.rps=100000', 'frontend.namespaceRPS.visibility=100000'];

/** Path of a program in `folder` that is the Temporal development server without its limits on requests per second. */
export async function unlimitedTemporal(folder: string): Promise<string> {
  const path = join(folder, 'temporal');
  const { path: program } = await findTemporal();
  const options = LIMITS.map((limit) => `--dynamic-config-value ${limit}`).join(' ');
  await writeFile(path, `#!/bin/sh\nexec '${program}' "$@" ${options}\n`, { mode: 0o700 });
  return path;
}
