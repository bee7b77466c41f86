import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetFolder, watchFolder } from '../process/index.js';

/** A temporary folder that is gone when it is removed, or at the latest after the death of this process. */
export interface Scratch {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a temporary folder (mode 0700) whose name begins with `prefix`. */
export async function makeScratch(prefix: string): Promise<Scratch> {
  const path = await mkdtemp(join(tmpdir(), `tributary-${prefix}-`));
  watchFolder(path);
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      forgetFolder(path);
    },
  };
}
