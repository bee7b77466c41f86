import { isCodedError } from '@tributary/common';
import { join } from 'node:path';
import { assemble } from '../files/assemble.js';

/** `assemble <app>`, run at the workspace root: fills `apps/<app>/dist/image`. */
async function main([app]: readonly string[]): Promise<number> {
  if (app === undefined) {
    console.error('Usage: assemble <app>, for example sql-metadata-worker');
    return 2;
  }
  try {
    const workspaceRoot = process.cwd();
    const { buildId, bytes, packages } = await assemble({ workspaceRoot, app, into: join(workspaceRoot, 'apps', app, 'dist', 'image') });
    console.log(`apps/${app}/dist/image: ${String(bytes)} bytes, ${String(packages)} packages, build id ${buildId}`);
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
