// Records the histories that replay.spec.ts replays: once per release, into a folder of that version.
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import { MemoryEventBus, MemorySecretStore } from '@tributary/clients/memory';
import { version } from '@tributary/common';
import { startTemporal } from '@tributary/dev/servers';
import { entityClient } from '@tributary/stateful-workflow/client';
import { startCatalogApi } from '@tributary/testing/catalog-api';
import { waitFor } from '@tributary/testing/stack';
import { createHierarchyActivities } from '../activities/index.js';
import { HIERARCHY_QUEUE, organizationWorkflow } from '../index.js';
import { hierarchyBundle } from './hierarchy-bundle.js';

const WORKSPACE = resolve(__dirname, '../../../..');
const FOLDER = resolve(__dirname, '../../testdata/histories', version);

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const [temporal, api] = await Promise.all([startTemporal(), startCatalogApi({ world: { sources: 2, datasets: 6 } })]);
  const native = await NativeConnection.connect({ address: temporal.address });
  const connection = await Connection.connect({ address: temporal.address });
  const stored: Record<string, Record<string, string>> = { 'catalog-1': { token: api.generations.token } };
  const worker = await Worker.create({
    connection: native,
    taskQueue: HIERARCHY_QUEUE,
    workflowBundle: { code: await hierarchyBundle(resolve(__dirname, '../workflows/index.ts')) },
    activities: createHierarchyActivities({
      secrets: new MemorySecretStore({ local: stored }),
      events: new MemoryEventBus(),
      allowedHosts: [new URL(api.url).host],
      encrypted: false,
      searchAttributes: false,
    }),
    sinks: { exporter: { export: { fn: () => undefined } } },
  });
  const running = worker.run();
  try {
    const client = new Client({ connection });
    const organization = entityClient(client, organizationWorkflow, { taskQueue: HIERARCHY_QUEUE }).ref('acme');
    const health = async (): Promise<unknown> => (await organization.views.summary()).health;
    await organization.start({ entity: { id: 'acme', name: 'Acme' }, apiToken: 'secret://local/catalog-1#token', apiUrl: api.url });
    const sources = [...api.catalog.sources.values()];
    for (const { id, name } of sources) await organization.actions.addSource({ id, name, kind: 'catalog' });
    await waitFor('all to be well', async () => (await health()) === 'ok');

    const [victim = ''] = api.catalog.datasets.keys();
    const dataset = client.workflow.getHandle(`Dataset/${victim}`);
    api.catalog.stop(victim, 10);
    await dataset.signal('load');
    await waitFor('it to be stale', async () => (await health()) === 'stale');

    stored['catalog-2'] = { token: api.generations.rotate().token };
    await organization.apiToken.rotate('secret://local/catalog-2#token');
    await organization.actions.setThresholds({ lateAfter: 20, staleAfter: 40 });
    await waitFor('the thresholds to tell', async () => (await health()) === 'ok');
    await organization.actions.removeSource({ id: sources[1]?.id ?? '' });
    await waitFor('the source to end', async () => (await client.workflow.getHandle(`Source/${sources[1]?.id ?? ''}`).describe()).status.name === 'CANCELLED');
    await organization.cancel();
    await waitFor('the tree to end', async () => (await dataset.describe()).status.name === 'CANCELLED');

    record('organization', await jsonOf(client.workflow.getHandle('Organization/acme')));
    record('source', await jsonOf(client.workflow.getHandle(`Source/${sources[0]?.id ?? ''}`)));
    record('source-removed', await jsonOf(client.workflow.getHandle(`Source/${sources[1]?.id ?? ''}`)));
    record('dataset', await jsonOf(dataset));
  } finally {
    worker.shutdown();
    await running;
    await Promise.all([native.close(), connection.close()]);
    await Promise.all([api.stop(), temporal.stop()]);
  }
}

async function jsonOf(handle: WorkflowHandle): Promise<string> {
  return historyToJSON(await handle.fetchHistory());
}

/** Stack traces and identities say where this ran, which is nobody's business. */
function record(name: string, history: string): void {
  const text = history.replaceAll(`${WORKSPACE}/`, '').replaceAll(`@${hostname()}`, '@host');
  writeFileSync(join(FOLDER, `${name}.json`), `${text}\n`);
}

void main();
