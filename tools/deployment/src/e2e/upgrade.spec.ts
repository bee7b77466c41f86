import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { DeterminismViolationError } from '@temporalio/workflow';
import { temporal as api } from '@temporalio/proto';
import { MemoryEventBus, MemorySecretStore } from '@tributary/clients/memory';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { datasetWorkflow, organizationWorkflow, repositoryWorkflow } from '@tributary/stateful-hierarchy';
import { createHierarchyActivities } from '@tributary/stateful-hierarchy/activities';
import { entityClient } from '@tributary/stateful-workflow/client';
import { startCatalogApi, type CatalogApi } from '@tributary/testing/catalog-api';
import { waitFor } from '@tributary/testing/stack';
import { drain, type DrainProgress } from '../changes/drain.js';
import { makeCurrent, ramp } from '../changes/make-current.js';
import { runOrder } from '../cli/run-order.js';
import { describeDeployment } from '../versions/deployment.js';
import { Gate, shortActivities } from './activities.js';
import { bundleOf, DEPLOYMENT, QUEUE, replay, startWorker, type VersionedWorker } from './versioned-worker.js';

const TOKEN = 'secret://local/catalog#token';
const SHORT = ['extractSqlMetadata', 'checkSqlSource', 'browseSqlSource', 'planSqlExtraction', 'EtlFlow', 'MockFlow', 'summarizeEvents'];
const OF_EACH = 18;
const DATASETS = 35;
const LIMITS = { lateAfter: 3, staleAfter: 7 };
const { EVENT_TYPE_WORKFLOW_TASK_FAILED } = api.api.enums.v1.EventType;
const { WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR } = api.api.enums.v1.WorkflowTaskFailedCause;

jest.setTimeout(180_000);

let temporal: TemporalServer;
let catalog: CatalogApi;
let client: ConnectedClient;
const workers: VersionedWorker[] = [];

const target = () => ({ client, address: temporal.address, deployment: DEPLOYMENT });
const organization = () => entityClient(client, organizationWorkflow, { taskQueue: QUEUE }).ref('acme');
const dataset = (id: string) => entityClient(client, datasetWorkflow, { taskQueue: QUEUE }).ref(id);

beforeAll(async () => {
  temporal = await startTemporal({
    // Three minutes each where nobody says otherwise.
    dynamicConfig: {
      'matching.wv.VersionDrainageStatusVisibilityGracePeriod': '"2s"',
      'matching.wv.VersionDrainageStatusRefreshInterval': '"2s"',
    },
  });
  catalog = await startCatalogApi({ world: { sources: 2, datasets: DATASETS } });
  client = await connectClient({ address: temporal.address, namespace: temporal.namespace });
}, 60_000);

afterAll(async () => {
  for (const worker of workers) await worker.stop();
  await client?.close();
  await catalog?.stop();
  await temporal?.stop();
}, 60_000);

function activitiesOf(gate: Gate): object {
  const hierarchy = createHierarchyActivities({
    secrets: new MemorySecretStore({ local: { catalog: { token: catalog.generations.token, version: '1' } } }),
    events: new MemoryEventBus(),
    allowedHosts: [new URL(catalog.url).host],
    encrypted: false,
    searchAttributes: false,
  });
  return { ...hierarchy, ...shortActivities(gate) };
}

async function start(buildId: string, code: string, gate: Gate, taskQueue = QUEUE): Promise<VersionedWorker> {
  const worker = await startWorker(temporal, buildId, code, activitiesOf(gate), taskQueue);
  workers.push(worker);
  await waitFor(`${buildId} to be known`, () =>
    describeDeployment(target()).then(({ versions }) => versions.some((version) => version.buildId === buildId), () => false));
  return worker;
}

function startShort(type: string): Promise<WorkflowHandle> {
  return client.workflow.start(type, { taskQueue: QUEUE, workflowId: `${type}-${randomUUID()}`, args: [{}] });
}

/** Who asks in the moment in which an entity goes on in another run is told to ask again. */
async function setThresholds(id: string): Promise<void> {
  let refusal: unknown;
  await waitFor(`the thresholds of ${id}`, () =>
    dataset(id).actions.setThresholds(LIMITS).then(() => true, (error: unknown) => {
      refusal = error;
      return false;
    }),
  ).catch((error: unknown) => {
    throw new Error(String(error), { cause: refusal });
  });
}

async function running(buildId: string): Promise<number> {
  const version = `TemporalWorkerDeploymentVersion = '${DEPLOYMENT}:${buildId}'`;
  return (await client.workflow.count(`ExecutionStatus = 'Running' AND ${version}`)).count;
}

async function buildOf(handle: WorkflowHandle): Promise<string | null | undefined> {
  return (await handle.describe()).raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
}

async function nonDeterministicTasks(handle: WorkflowHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).filter(({ eventType, workflowTaskFailedEventAttributes: failed }) =>
    eventType === EVENT_TYPE_WORKFLOW_TASK_FAILED && failed?.cause === WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR).length;
}

it('upgrades under 200 running workflows without losing or breaking one', async () => {
  const [oldCode, newCode] = [await bundleOf('workflows'), await bundleOf('changed-workflows')];
  const [oldGate, newGate] = [new Gate(), new Gate()];
  const oldWorker = await start('old', oldCode, oldGate);
  await waitFor('old to be current', () => makeCurrent(target(), 'old').then(() => true, () => false));

  // Live entities: two repositories; an organization, its sources, and their datasets.
  const entities = 2 + 1 + 2 + 2 * DATASETS;
  for (const id of ['one', 'two']) await entityClient(client, repositoryWorkflow, { taskQueue: QUEUE }).ref(id).start({ entity: { id, name: id } });
  await organization().start({ entity: { id: 'acme', name: 'Acme' }, apiToken: TOKEN, apiUrl: catalog.url });
  for (const { id, name } of catalog.catalog.sources.values()) await organization().actions.addSource({ id, name, kind: 'catalog' });
  await waitFor('the entities', async () => (await running('old')) === entities, 60_000, 200);
  const short: WorkflowHandle[] = [];
  for (const type of SHORT) short.push(...(await Promise.all(Array.from({ length: OF_EACH }, () => startShort(type)))));
  expect(entities + short.length).toBeGreaterThanOrEqual(200);
  await waitFor('the short workflows to be at work', () => oldGate.waiting >= short.length);

  // The two builds do not replay each other's histories.
  for (const handle of [organization().handle, ...SHORT.map((_, index) => short[index * OF_EACH] as WorkflowHandle)]) {
    await expect(replay(newCode, await handle.fetchHistory(), handle.workflowId)).rejects.toThrow(DeterminismViolationError);
  }

  await start('new', newCode, newGate);
  await waitFor('new to be polled', () => ramp(target(), 'new', 10).then(() => true, () => false));
  expect(await describeDeployment(target())).toMatchObject({ current: 'old', ramping: { buildId: 'new', percent: 10 } });
  await expect(drain(target(), { buildId: 'new', timeoutMs: 1000 })).rejects.toMatchObject({ code: 'DEPLOYMENT_IN_USE' });
  expect(await makeCurrent(target(), 'new')).toBe('old');
  await expect(drain(target(), { buildId: 'old', timeoutMs: 1, entities: [] })).rejects.toMatchObject({
    code: 'DEPLOYMENT_NOT_DRAINED',
    message: expect.stringContaining('workflows still run on it') as string,
  });

  // New workflows start on the new build, and entities are worked with, while the old build drains.
  const later = await Promise.all(SHORT.map(startShort));
  const seen: DrainProgress[] = [];
  const draining = drain(target(), { buildId: 'old', timeoutMs: 60_000, intervalMs: 500, onProgress: (progress) => seen.push(progress) });
  const refreshed = [...catalog.catalog.datasets.keys()].slice(0, 20);
  const setting = Promise.all(refreshed.map(setThresholds));
  oldGate.release();
  newGate.release();
  expect(await draining).toBeGreaterThanOrEqual(entities);
  await setting;
  await oldWorker.stop();
  workers.splice(workers.indexOf(oldWorker), 1);

  for (const id of refreshed) {
    // A changed entity answers no query while it waits at its beginning.
    await waitFor(`what ${id} has brought along`, () =>
      dataset(id).state().then((state) => JSON.stringify(state.Dataset?.[id]?.limits) === JSON.stringify(LIMITS), () => false));
  }
  for (const handle of [...short, ...later]) await expect(handle.result()).resolves.toBeDefined();
  for (const handle of short) expect(await buildOf(handle)).toBe('old');
  for (const handle of later) expect(await buildOf(handle)).toBe('new');
  expect(await running('new')).toBe(entities);
  expect((await client.workflow.count("ExecutionStatus = 'Running'")).count).toBe(entities);
  expect((await client.workflow.count("ExecutionStatus IN ('Failed', 'Terminated', 'TimedOut', 'Canceled')")).count).toBe(0);
  let failed = 0;
  for await (const { workflowId, runId } of client.workflow.list()) failed += await nonDeterministicTasks(client.workflow.getHandle(workflowId, runId));
  expect(failed).toBe(0);

  const { versions } = await describeDeployment(target());
  expect(versions.map(({ buildId, status }) => [buildId, status])).toEqual([['new', 'current'], ['old', 'drained']]);
  expect(seen.at(-1)).toMatchObject({ status: 'drained', open: 0 });
  const lines: string[] = [];
  await runOrder(target(), { action: 'status', deployment: DEPLOYMENT }, (line) => lines.push(line));
  expect(lines.join('\n')).toMatch(/current build: new\n +new +current .* 75 pinned workflows run; polled: upgrades \(activity\) by 1, upgrades \(workflow\) by 1/);
  expect(lines.join('\n')).toMatch(/old +drained .* 0 pinned workflows run/);

  const gone = { ...target(), polledWithinMs: 1 };
  for (const refused of [() => makeCurrent(gone, 'old'), () => ramp(gone, 'old', 10)]) {
    await expect(refused()).rejects.toMatchObject({ code: 'DEPLOYMENT_NOT_POLLED', message: expect.stringContaining('upgrades (workflow)') as string });
  }
  // A build must take over every queue of the one before.
  await start('half', oldCode, oldGate, 'another-queue');
  await expect(makeCurrent(target(), 'half')).rejects.toMatchObject({
    code: 'DEPLOYMENT_NOT_POLLED',
    message: expect.stringContaining('upgrades (activity), upgrades (workflow) in the last') as string,
  });
});

it('refuses deployments and builds that there are not', async () => {
  await expect(describeDeployment({ ...target(), deployment: 'nobody' })).rejects.toMatchObject({
    code: 'DEPLOYMENT_UNKNOWN',
    message: expect.stringContaining(`It has: ${DEPLOYMENT}.`) as string,
  });
  const commands = [() => makeCurrent(target(), 'none'), () => ramp(target(), 'none', 5), () => drain(target(), { buildId: 'none', timeoutMs: 0 })];
  for (const refused of commands) {
    await expect(refused()).rejects.toMatchObject({ code: 'DEPLOYMENT_BUILD_UNKNOWN', message: expect.stringContaining('old (drained)') as string });
  }
});
