import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { entityClient } from '../../client/index.js';
import { SEARCH_ATTRIBUTES } from '../../workflow/index.js';
import { EstateApi } from './estate-api.js';
import { until } from './estate-bed.js';
import { estateBundle } from './estate-worker.js';
import { datasetWorkflow, sourceWorkflow } from './estate.js';

const CHILDREN = 200;
const WORKSPACE = resolve(__dirname, '../../../../..');
const API_TOKEN = 'secret://local/api#token' as const;

jest.setTimeout(1_200_000);

/** Servers on files, and a worker that can be killed. */
class Fire {
  readonly folder = mkdtempSync(join(tmpdir(), 'stateful-fire-'));
  readonly queue = randomUUID();
  readonly tokens: string[] = [];
  readonly log: Buffer[] = [];
  temporal!: TemporalServer;
  client!: ConnectedClient;
  api!: EstateApi;
  private worker: ChildProcess | undefined;

  async start(): Promise<void> {
    this.temporal = await startTemporal({ searchAttributes: SEARCH_ATTRIBUTES, dbFile: join(this.folder, 'temporal.sqlite') });
    this.client = await connectClient({ address: this.temporal.address, namespace: this.temporal.namespace });
    this.api = await EstateApi.start();
    writeFileSync(join(this.folder, 'bundle.js'), await estateBundle());
    this.startWorker();
  }

  startWorker(): void {
    const args = [this.temporal.address, this.queue, join(this.folder, 'bundle.js'), join(this.folder, 'secrets.json'), this.api.host];
    const node = join(WORKSPACE, 'node_modules/.bin/node');
    this.worker = spawn(node, ['--conditions=@tributary/source', '--import', 'tsx', join(__dirname, 'fire-worker.ts'), ...args], { cwd: WORKSPACE });
    for (const stream of [this.worker.stdout, this.worker.stderr]) stream?.on('data', (data: Buffer) => this.log.push(data));
  }

  async killWorker(): Promise<void> {
    const { worker } = this;
    if (!worker) return;
    const ended = new Promise((done) => worker.once('exit', done));
    worker.kill('SIGKILL');
    await ended;
  }

  /** Outside: the store has a new token, and from then on the API takes no other. @returns when */
  rotate(label: string, version: number): number {
    const token = `${label}.${randomUUID()}`;
    this.tokens.push(token);
    const file = join(this.folder, 'secrets.json');
    writeFileSync(`${file}.new`, JSON.stringify({ local: { api: { token, version: String(version) } } }));
    renameSync(`${file}.new`, file);
    this.api.tokens = new Set([token]);
    return Date.now();
  }

  async stop(): Promise<void> {
    await this.killWorker();
    await this.client.close();
    await this.api.stop();
    await this.temporal.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const fire = new Fire();
beforeAll(() => fire.start(), 180_000);
afterAll(() => fire.stop(), 60_000);

test(`${CHILDREN} children end on the newest credential, whatever happens in between, and no token is left anywhere`, async () => {
  const prefix = 'fire/';
  const source = entityClient(fire.client, sourceWorkflow, { taskQueue: fire.queue, prefix }).ref('s1');
  const dataset = (id: string) => entityClient(fire.client, datasetWorkflow, { taskQueue: fire.queue, prefix }).ref(id);
  fire.api.datasets = { s1: Array.from({ length: CHILDREN }, (_, index) => ({ id: `d${index}`, name: `Dataset ${index}` })) };
  fire.rotate('t1', 1);
  await source.start({ entity: { id: 's1', name: 'S1', prefs: {}, datasets: [] }, apiToken: { ref: API_TOKEN, minVersion: 1 }, apiUrl: fire.api.url });
  const labels = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { token = 'none' } of Object.values((await source.state()).Dataset ?? {})) counts[token] = (counts[token] ?? 0) + 1;
    return counts;
  };
  const rotate = async (label: string, version: number): Promise<number> => {
    const at = fire.rotate(label, version);
    await source.handle.signal('apiToken', { ref: API_TOKEN, minVersion: version });
    return at;
  };

  await until('some children', () => source.progress(), ({ children }) => children.running > 10, 120_000);
  await rotate('t2', 2);
  await fire.killWorker();
  fire.startWorker();
  await until('some loads', labels, (counts) => (counts['t2'] ?? 0) > 20, 300_000);

  fire.api.delayMs = 200;
  await source.load();
  await rotate('t3', 3);
  for (const id of ['d1', 'd2', 'd3']) await dataset(id).handle.terminate();
  await fire.killWorker();
  fire.startWorker();
  await until('some loads', labels, (counts) => (counts['t3'] ?? 0) > 20, 300_000);

  fire.api.delayMs = 0;
  const last = await rotate('t4', 4);
  const { runId } = await source.handle.describe();
  while ((await source.handle.describe()).runId === runId) await Promise.all(['a', 'b', 'c', 'd'].map((theme) => source.actions.theme({ theme })));
  await until('all on the newest', labels, (counts) => counts['t4'] === CHILDREN, 600_000);
  await until('all at rest', () => source.health(), ({ linksBehind, children }) => linksBehind === 0 && children.running === CHILDREN, 300_000);

  // What was on its way when the credential changed is over half a second later.
  const late = fire.api.log.filter(({ at, token }) => at > last + 500 && token !== fire.tokens.at(-1));
  expect(late).toEqual([]);
  expect(fire.api.log.filter(({ at, status }) => at > last && status === 200).length).toBeGreaterThanOrEqual(CHILDREN);

  const told = [await source.health(), await source.state()];
  for (let index = 0; index < CHILDREN; index += 20) told.push(await dataset(`d${index}`).health());
  const places = new Map<string, Buffer>([
    ['queries', Buffer.from(JSON.stringify(told))],
    ['log of the workers', Buffer.concat(fire.log)],
    ['log of Temporal', readFileSync(fire.temporal.logFile)],
    ['histories and lists', readFileSync(join(fire.folder, 'temporal.sqlite'))],
  ]);
  const spellings = (token: string) => [token, Buffer.from(token).toString('base64').slice(0, -4), encodeURIComponent(token)];
  const found = [...places].filter(([, body]) => fire.tokens.some((token) => spellings(token).some((spelling) => body.includes(spelling))));
  expect(found.map(([place]) => place)).toEqual([]);
  // The search itself works: what is known to be there is found.
  expect([...places].filter(([, body]) => body.includes('secret://local/api#token')).length).toBeGreaterThan(1);
});
