import { bundleWorkflowCode } from '@temporalio/worker';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartAppOptions } from '@tributary/image/world';

/** A server that does nothing, on the port of the API. */
const SERVER = "require('node:http').createServer((_, answer) => answer.end()).listen(8000)";

/** A worker of one workflow that does nothing. Its packages are those of an app's image, which has the same base. */
const WORKER = `
const { NativeConnection, Worker } = require('/app/node_modules/@temporalio/worker');
(async () => {
  const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS });
  const worker = await Worker.create({ connection, taskQueue: 'floor', workflowBundle: { codePath: '/mounted/bundle.js' } });
  require('node:http').createServer((_, answer) => { answer.statusCode = worker.getState() === 'RUNNING' ? 200 : 503; answer.end(); }).listen(8081);
  process.once('SIGTERM', () => worker.shutdown());
  await worker.run();
  process.exit(0);
})();
`;

/** Writes the programs of the floors into a folder. */
export async function writeFloors(folder: string): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(__dirname, 'floor-workflows.ts'),
    logger: { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing },
  });
  // Who runs them in a container is not their owner.
  await chmod(folder, 0o755);
  for (const [name, text] of Object.entries({ 'worker.js': WORKER, 'server.js': SERVER, 'bundle.js': code })) {
    await writeFile(join(folder, name), text, { mode: 0o644 });
  }
}

/** How an image is started as a floor, with the programs in a folder. */
export function floor(image: string, program: 'worker.js' | 'server.js', folder: string): StartAppOptions {
  return { image, entrypoint: ['node', `/mounted/${program}`], folder };
}

function nothing(): void {
  // What the bundler has to say is of no interest here.
}
