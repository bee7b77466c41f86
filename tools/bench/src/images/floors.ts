import { bundleWorkflowCode } from '@temporalio/worker';
import { join } from 'node:path';
import type { StartAppOptions } from '@tributary/image/world';

/** A server that does nothing, on the port of the API. */
const SERVER = "require('node:http').createServer((_, answer) => answer.end()).listen(8000)";

/** A worker of one workflow that does nothing. Its packages are those of an app's image, which has the same base. */
const WORKER = `
const { NativeConnection, Worker } = require('/app/node_modules/@temporalio/worker');
(async () => {
  const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS });
  const worker = await Worker.create({ connection, taskQueue: 'floor', workflowBundle: { codePath: '/floor/bundle.js' } });
  require('node:http').createServer((_, answer) => { answer.statusCode = worker.getState() === 'RUNNING' ? 200 : 503; answer.end(); }).listen(8081);
  process.once('SIGTERM', () => worker.shutdown());
  await worker.run();
  process.exit(0);
})();
`;

/** How the image of a worker is started as the floor of workers. */
export async function floorWorker(image: string): Promise<StartAppOptions> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(__dirname, 'floor-workflows.ts'),
    logger: { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing },
  });
  return { image, entrypoint: ['node', '/floor/worker.js'], files: { '/floor/worker.js': WORKER, '/floor/bundle.js': code } };
}

/** How the base image is started as the floor of the API. */
export function floorServer(image: string): StartAppOptions {
  return { image, entrypoint: ['node', '/floor/server.js'], files: { '/floor/server.js': SERVER } };
}

function nothing(): void {
  // What the bundler has to say is of no interest here.
}
