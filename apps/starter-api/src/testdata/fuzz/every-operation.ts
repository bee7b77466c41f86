import { waitFor } from '@tributary/testing/stack';
import type { ArtifactList, Run } from '../../schemas.js';
import { openEvents } from '../event-reader.js';
import type { CheckedClient } from '../checked-client.js';
import type { FuzzStack } from './fuzz-stack.js';
import type { KnownNames } from './configuration.js';

const FLOW = { type: 'LaunchpadQuery', args: { member: 'username', data_date_start: '2023-01-01', data_date_end: '2023-03-31' } };
const UNCONDITIONAL = { 'if-match': '*' };
const NEW = { 'if-none-match': '*' };
const ORGANIZATION = '/v1/entities/organization/acme';

/**
 * Calls every operation of the API so that it succeeds, on a stack where nothing was done before, and leaves one thing of
 * each kind behind.
 * @returns the names of those
 */
export async function callEveryOperation(http: CheckedClient, stack: FuzzStack): Promise<KnownNames> {
  for (const path of ['/metrics', '/v1/caller', '/v1/run-types', '/v1/entity-types', '/v1/events/summary']) await http.get(path);
  const runs = await runOperations(http, stack);
  await configurationOperations(http);
  await eventRuleOperations(http);
  await scheduleOperations(http);
  await entityOperations(http, stack);
  await sourceOperations(http, stack);
  const sdkRun = await sdkOperations(http, stack);
  return {
    workflowId: [...runs, sdkRun],
    name: ['saved', 'rule'],
    id: ['nightly', 'acme'],
    type: ['organization'],
    view: ['summary', 'worst'],
    action: ['addSource', 'setThresholds'],
  };
}

function write(http: CheckedClient, method: 'PUT' | 'DELETE', path: string, body?: object, headers: Record<string, string> = {}) {
  if (body === undefined) return http.call(method, path, { headers });
  return http.call(method, path, { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

async function runOperations(http: CheckedClient, stack: FuzzStack): Promise<string[]> {
  const extraction = { connection: { name: 'Warehouse', qualifiedName: 'default/postgres/warehouse' }, source: stack.source, filters: { include: [{ schema: 'hr' }] } };
  const extract = async (): Promise<Run> => {
    const { body } = await http.post<Run>('/v1/runs/extract-sql-metadata', extraction);
    await ended(http, body);
    return body;
  };
  const first = await extract();
  const second = await extract();
  await http.get(`/v1/runs/${second.workflowId}`);
  await http.get(`/v1/runs/${second.workflowId}/result`);
  await http.get(`/v1/runs/${second.workflowId}/difference?to=${first.runId}`);
  const stream = await openEvents(`${stack.url}/v1/runs/${second.workflowId}/progress`, http.key);
  await stream.closed();
  http.exchanges.push({ operationId: 'streamProgress', path: `/v1/runs/${second.workflowId}/progress`, init: {}, status: stream.status });
  const { body: list } = await http.get<ArtifactList>(`/v1/runs/${second.workflowId}/artifacts`);
  await http.get(list.artifacts[0]?.href ?? 'none');

  const flow = (await http.post<Run>('/v1/runs/etl-flow', FLOW)).body;
  const mock = (await http.post<Run>('/v1/runs/mock-flow', FLOW)).body;
  await ended(http, flow);
  await http.post(`/v1/runs/${flow.workflowId}/retry`);
  await http.get('/v1/runs');

  const idle = await stack.startIdleRun();
  // No type of run can be paused yet: that is what they answer.
  for (const verb of ['pause', 'resume', 'cancel']) await http.post(`/v1/runs/${idle.workflowId}/${verb}`);
  await http.post(`/v1/runs/${idle.workflowId}/terminate`, { reason: 'It is tested.' });
  return [second.workflowId, flow.workflowId, mock.workflowId, idle.workflowId];
}

async function ended(http: CheckedClient, { workflowId, runId }: Run): Promise<void> {
  const path = `/v1/runs/${workflowId}?runId=${runId}`;
  await waitFor(`the end of ${workflowId}`, async () => (await http.get<Run>(path)).body.status !== 'running', 30_000, 200);
}

async function configurationOperations(http: CheckedClient): Promise<void> {
  for (const name of ['saved', 'other']) await write(http, 'PUT', `/v1/configurations/${name}`, { runType: 'etl-flow', input: FLOW }, NEW);
  await http.get('/v1/configurations');
  await http.get('/v1/configurations/saved');
  await http.post('/v1/configurations/saved/start');
  await write(http, 'DELETE', '/v1/configurations/other', undefined, UNCONDITIONAL);
}

async function eventRuleOperations(http: CheckedClient): Promise<void> {
  for (const name of ['rule', 'other']) await write(http, 'PUT', `/v1/event-rules/${name}`, { topic: 'changes', match: {}, start: { configuration: 'saved' } }, NEW);
  await http.get('/v1/event-rules');
  await http.get('/v1/event-rules/rule');
  await write(http, 'DELETE', '/v1/event-rules/other', undefined, UNCONDITIONAL);
}

async function scheduleOperations(http: CheckedClient): Promise<void> {
  const schedule = { runType: 'etl-flow', input: FLOW, spec: { cron: ['0 3 * * *'] } };
  for (const id of ['nightly', 'other']) await http.post('/v1/schedules', { id, ...schedule });
  await http.get('/v1/schedules');
  await http.get('/v1/schedules/nightly');
  await write(http, 'PUT', '/v1/schedules/nightly', { ...schedule, note: 'Changed.' }, UNCONDITIONAL);
  for (const verb of ['pause', 'resume', 'trigger']) await http.post(`/v1/schedules/nightly/${verb}`, {});
  await http.post('/v1/schedules/nightly/backfill', { startAt: '2026-01-01T00:00:00Z', endAt: '2026-01-02T00:00:00Z' });
  await write(http, 'DELETE', '/v1/schedules/other');
}

async function entityOperations(http: CheckedClient, { catalog, url }: FuzzStack): Promise<void> {
  const organization = (id: string) => ({ entity: { id, name: id }, apiToken: catalog.token, apiUrl: catalog.url });
  for (const id of ['acme', 'other']) await http.post('/v1/entities/organization', organization(id));
  await http.get('/v1/entities');
  await http.get(ORGANIZATION);
  for (const part of ['state', 'views/summary', 'children']) await http.get(`${ORGANIZATION}/${part}`);
  await http.post(`${ORGANIZATION}/actions/addSource`, { id: catalog.source.id, name: catalog.source.name, kind: 'catalog' });
  await http.post(`${ORGANIZATION}/pause`);
  await http.post(`${ORGANIZATION}/resume`);
  await http.post(`/v1/entities/source/${catalog.source.id}/load`, { loader: 'about' });
  await write(http, 'PUT', `${ORGANIZATION}/api-token`, { reference: catalog.token });
  await write(http, 'PUT', `${ORGANIZATION}/api-url`, { url: catalog.url });
  const stream = await openEvents(`${url}${ORGANIZATION}/changes`, http.key);
  await stream.next(({ name }) => name === 'state');
  stream.leave();
  http.exchanges.push({ operationId: 'streamEntityChanges', path: `${ORGANIZATION}/changes`, init: {}, status: stream.status });
  await http.post('/v1/entities/organization/other/cancel');
}

async function sourceOperations(http: CheckedClient, { source }: FuzzStack): Promise<void> {
  for (const question of ['check', 'browse', 'plan']) await http.post(`/v1/sources/${question}`, { source });
  await write(http, 'PUT', '/v1/development/secrets/warehouse', { secrets: { password: 'of a machine for development' } });
}

async function sdkOperations(http: CheckedClient, { source, startIdleRun }: FuzzStack): Promise<string> {
  const { host, port, user: username, password, database } = source;
  const credentials = { authType: 'basic', host, port, username, password, database };
  await http.post('/workflows/v1/auth', credentials);
  await http.post('/workflows/v1/metadata', credentials);
  await http.post('/workflows/v1/check', { credentials, metadata: {} });
  const connection = { connection_name: 'sdk', connection_qualified_name: 'default/postgres/sdk' };
  const { body } = await http.post<{ data: { workflow_id: string; run_id: string } }>('/workflows/v1/start', { credentials, connection, metadata: { 'include-filter': `{"^${database ?? ''}$":["^hr$"]}` } });
  await http.get(`/workflows/v1/status/${body.data.workflow_id}/${body.data.run_id}`);
  const idle = await startIdleRun();
  await http.post(`/workflows/v1/stop/${idle.workflowId}/${idle.runId}`);
  await http.post('/workflows/v1/config/nightly', { metadata: {} });
  await http.get('/workflows/v1/config/nightly');
  return body.data.workflow_id;
}
