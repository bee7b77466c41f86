import { isCodedError } from '@tributary/common';
import { join } from 'node:path';

import { bundleApp, writeWorkflowBundle } from '../bundle/index.js';

/** `bundle-workflows <app folder>`, run at the workspace root. */
async function main([appRoot]: readonly string[]): Promise<number> {
  if (appRoot === undefined) {
    console.error('Usage: bundle-workflows <app folder>, for example apps/sql-metadata-worker');
    return 2;
  }
  try {
    const bundle = await bundleApp(process.cwd(), appRoot);
    const { codePath } = await writeWorkflowBundle(bundle, join(appRoot, 'dist'));
    console.log(`${codePath}: ${bundle.info.bytes} bytes, build id ${bundle.info.buildId}`);
    return 0;
  } catch (error) {
    if (!isCodedError(error)) throw error;
    console.error(`${error.code}: ${error.message}\n${error.fix}`);
    return 1;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
