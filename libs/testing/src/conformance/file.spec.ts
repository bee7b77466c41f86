import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openObjectStore } from '@tributary/clients/object-store';
import { describeObjectStore } from './index.js';

describeObjectStore('file', async () => {
  const root = await mkdtemp(join(tmpdir(), 'tributary object store é-'));
  return {
    subject: openObjectStore(pathToFileURL(root).href),
    close: async () => {
      // What failed or was aborted during the suite must have left nothing.
      const staged = await readdir(join(root, '.tributary-staging'));
      await rm(root, { recursive: true });
      if (staged.length > 0) throw new Error(`Left in the staging folder: ${staged.join(', ')}`);
    },
  };
});
