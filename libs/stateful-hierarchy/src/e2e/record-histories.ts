// Records the histories that replay.spec.ts replays: once per release, into a folder of that version.
import { resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { MemoryEventBus, MemorySecretStore } from '@tributary/clients/memory';
import { version } from '@tributary/common';
import { startTemporal } from '@tributary/dev/servers';
import { entityClient } from '@tributary/stateful-workflow/client';
import { startCatalogApi } from '@tributary/testing/catalog-api';
import { buildWorkflowBundle, recordHistory, waitFor } from '@tributary/testing/stack';
import { createHierarchyActivities } from '../activities/index.js';
import { HIERARCHY_QUEUE, organizationWorkflow } from '../index.js';

const FOLDER = resolve(__dirname, '../../testdata/histories', version);

async function main(): Promise<void> {
  const [temporal, api] = await Promise.all([startTemporal(), startCatalogApi({ world: { sources: 2, datasets: 6 } })]);
  const native = await NativeConnection.connect({ address: temporal.address });
  const connection = await Connection.connect({ address: temporal.address });
  const stored: Record<string, Record<string, string>> = { 'catalog-1': { token: api.generations.token } };
  const worker = await Worker.create({
    connection: native,
    taskQueue: HIERARCHY_QUEUE,
    workflowBundle: await buildWorkflowBundle(resolve(__dirname, '../workflows/index.ts')),
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

    await recordHistory(FOLDER, 'organization', client.workflow.getHandle('Organization/acme'));
    await recordHistory(FOLDER, 'source', client.workflow.getHandle(`Source/${sources[0]?.id ?? ''}`));
    await recordHistory(FOLDER, 'source-removed', client.workflow.getHandle(`Source/${sources[1]?.id ?? ''}`));
    await recordHistory(FOLDER, 'dataset', dataset);
  } finally {
    worker.shutdown();
    await running;
    await Promise.all([native.close(), connection.close()]);
    await Promise.all([api.stop(), temporal.stop()]);
  }
}

void main();
