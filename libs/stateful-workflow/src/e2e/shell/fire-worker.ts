// A worker in a process of its own, for fire.spec.ts to kill. Arguments: address, queue, bundle, secrets file, allowed host.
import { readFileSync } from 'node:fs';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { SecretStore } from '@tributary/clients';
import { MemorySecretStore } from '@tributary/clients/memory';
import { estateActivities } from './estate-activities.js';

async function main([address = '', taskQueue = '', bundle = '', secretsFile = '', host = '']: string[]): Promise<void> {
  const secretStore: SecretStore = {
    resolve: (ref, options) => new MemorySecretStore(JSON.parse(readFileSync(secretsFile, 'utf8')) as never).resolve(ref, options),
  };
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    taskQueue,
    workflowBundle: { codePath: bundle },
    activities: estateActivities({ secretStore, allowedHosts: [host] }),
    sinks: { exporter: { export: { fn: () => undefined } } },
  });
  await worker.run();
}

void main(process.argv.slice(2));
