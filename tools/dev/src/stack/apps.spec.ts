import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appEnvironment, HIERARCHY_WORKER, LAUNCHPAD_WORKER, SQL_METADATA_WORKER, STARTER_API, type StackApp } from './apps.js';
import { requireDiskSpace, speaksOfFullDisk } from './disk-space.js';
import { stackLayout } from './layout.js';
import { rememberedPorts } from './remembered-ports.js';

const LAYOUT = stackLayout('/house');
const STACK = {
  temporal: { address: '127.0.0.1:7233', namespace: 'default', uiUrl: 'http://127.0.0.1:8233' },
  postgres: { host: '127.0.0.1', port: 5432 },
  stateUrl: 'postgres://state@127.0.0.1/state',
  eventsUrl: 'postgres://events@127.0.0.1/events',
  launchpad: { serviceRoot: 'http://127.0.0.1:9/' },
};

const CREDENTIALS = { apiKey: `trib_${'k'.repeat(43)}`, appToken: 'token' };

const environment = (app: StackApp, env: NodeJS.ProcessEnv): Record<string, string> =>
  appEnvironment(app, env, { grpcPort: 1, httpPort: 2 }, LAYOUT, { api: 3, worker: 4, launchpad: 5, hierarchy: 6 }, STACK, CREDENTIALS);

it('gives each sidecar the components of its app alone', () => {
  const types = (app: StackApp): unknown[] => app.components(LAYOUT, STACK).map((component) => (component['spec'] as { type: string }).type);
  expect(types(SQL_METADATA_WORKER)).toEqual(['secretstores.local.file', 'state.postgresql', 'pubsub.in-memory']);
  expect(types(LAUNCHPAD_WORKER)).toEqual(['secretstores.local.file']);
  expect(types(HIERARCHY_WORKER)).toEqual(['secretstores.local.file', 'pubsub.in-memory']);
  expect(types(STARTER_API)).toEqual(['state.postgresql', 'pubsub.in-memory', undefined]);
});

it('gives variables of the API to the API alone, and those of the events database to all', () => {
  const env = { TRIBUTARY_EVENT_TOPICS: 'changes', TRIBUTARY_OIDC_ISSUER: 'https://issuer.example.com', TRIBUTARY_EVENTS_SCHEMA: 'events' };
  expect(environment(STARTER_API, env)).toMatchObject(env);
  const worker = environment(LAUNCHPAD_WORKER, env);
  expect(worker['TRIBUTARY_EVENTS_SCHEMA']).toBe('events');
  expect(Object.keys(worker)).not.toEqual(expect.arrayContaining(['TRIBUTARY_EVENT_TOPICS']));
  expect(Object.keys(worker)).not.toEqual(expect.arrayContaining(['TRIBUTARY_OIDC_ISSUER']));
});

it('tells an app where everything is', () => {
  expect(environment(STARTER_API, {})).toEqual({
    NODE_ENV: 'development',
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    TEMPORAL_NAMESPACE: 'default',
    DAPR_GRPC_PORT: '1',
    DAPR_HTTP_PORT: '2',
    TRIBUTARY_OBJECT_STORE_URL: 'file:///house/.tributary/objects',
    TRIBUTARY_API_PORT: '3',
    TRIBUTARY_TEMPORAL_UI_URL: 'http://127.0.0.1:8233',
    TRIBUTARY_DEVELOPMENT_SECRETS_FILE: '/house/.tributary/development/secrets.json',
    TRIBUTARY_API_KEYS: expect.stringMatching(/^stack:admin:[0-9a-f]{64}$/) as string,
    APP_API_TOKEN: 'token',
  });
  const given = 'ci:viewer:' + '0'.repeat(64);
  expect(environment(STARTER_API, { TRIBUTARY_API_KEYS: given })['TRIBUTARY_API_KEYS']).toMatch(/^stack:admin:[0-9a-f]{64},ci:viewer:0{64}$/);
  expect(JSON.stringify(environment(STARTER_API, {}))).not.toContain(CREDENTIALS.apiKey);
  expect(environment(SQL_METADATA_WORKER, {})).not.toHaveProperty('APP_API_TOKEN');
  expect(environment(STARTER_API, { TRIBUTARY_API_HOST: '0.0.0.0' })).not.toHaveProperty('TRIBUTARY_DEVELOPMENT_SECRETS_FILE');
  expect(environment(SQL_METADATA_WORKER, {})).toMatchObject({ TRIBUTARY_HEALTH_PORT: '4' });
  expect(environment(LAUNCHPAD_WORKER, {})).toMatchObject({
    TRIBUTARY_HEALTH_PORT: '5',
    TRIBUTARY_EVENTS_URL: 'postgres://events@127.0.0.1/events',
    TRIBUTARY_EVENTS_PASSWORD: 'secret://local/events#password',
    TRIBUTARY_IDENTITY_KEY: 'secret://local/identity#key',
    LAUNCHPAD_SERVICE_ROOT: 'http://127.0.0.1:9/',
  });
  expect(environment(LAUNCHPAD_WORKER, {})).not.toHaveProperty('LAUNCHPAD_CREDENTIALS');
});

it('lets the hierarchy worker call the APIs of the stack, and no others', () => {
  const hosts = (stack: object): unknown =>
    appEnvironment(HIERARCHY_WORKER, {}, { grpcPort: 1, httpPort: 2 }, LAYOUT, { api: 3, worker: 4, launchpad: 5, hierarchy: 6 }, { ...STACK, ...stack }, CREDENTIALS)[
      'TRIBUTARY_ALLOWED_HOSTS'
    ];
  expect(hosts({ catalogUrl: 'http://127.0.0.1:8' })).toBe('127.0.0.1:8,127.0.0.1:9,api.launchpad.net');
  expect(hosts({ launchpad: { serviceRoot: 'production' } })).toBe('api.launchpad.net');
});

it("passes on the user's settings, and nothing that could be a credential of his", () => {
  const env = {
    PATH: '/bin',
    LC_ALL: 'C',
    TRIBUTARY_LOG_LEVEL: 'debug',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector',
    NODE_ENV: 'test',
    PGPASSWORD: 'hush',
    AWS_SECRET_ACCESS_KEY: 'hush',
    TEMPORAL_ADDRESS: 'elsewhere:7233',
    TRIBUTARY_DAPRD_BIN: '/daprd',
    TRIBUTARY_DOWNLOAD_MIRROR: 'http://mirror',
    TRIBUTARY_API_KEY: 'trib_hush',
  };
  const given = environment(SQL_METADATA_WORKER, env);
  expect(given).toMatchObject({ PATH: '/bin', LC_ALL: 'C', TRIBUTARY_LOG_LEVEL: 'debug', NODE_ENV: 'test', TEMPORAL_ADDRESS: '127.0.0.1:7233' });
  for (const name of ['PGPASSWORD', 'AWS_SECRET_ACCESS_KEY', 'TRIBUTARY_DAPRD_BIN', 'TRIBUTARY_DOWNLOAD_MIRROR', 'TRIBUTARY_API_KEY']) expect(given).not.toHaveProperty(name);
});

describe('ports', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ports-'));
    file = join(folder, 'ports.json');
  });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  it('are those of the last start, but for one that is taken now', async () => {
    const first = await rememberedPorts(file, ['temporal', 'api']);
    expect(new Set(Object.values(first)).size).toBe(2);
    const blocker = createServer().listen(first.api, '127.0.0.1');
    await once(blocker, 'listening');
    expect((blocker.address() as AddressInfo).port).toBe(first.api);
    const second = await rememberedPorts(file, ['temporal', 'api']);
    blocker.close();
    expect(second.temporal).toBe(first.temporal);
    expect(second.api).not.toBe(first.api);
    await expect(rememberedPorts(file, ['worker', 'api'])).resolves.toMatchObject({ api: second.api });
  });

  it.each(['', '{"api": "80; rm"}', '[]', '{"api": -1, "worker": 70000}'])('survive a damaged file: %s', async (text) => {
    writeFileSync(file, text);
    const ports = await rememberedPorts(file, ['api', 'worker']);
    expect(Object.values(ports).every((port) => Number.isInteger(port) && port > 0 && port < 65_536)).toBe(true);
  });
});

describe('disk space', () => {
  it('is asked for before anything starts', () => {
    expect(() => { requireDiskSpace(tmpdir(), 1); }).not.toThrow();
    expect(() => { requireDiskSpace(tmpdir(), Number.MAX_SAFE_INTEGER); }).toThrow(expect.objectContaining({ code: 'DEV_DISK_FULL' }) as Error);
  });

  it('is recognised in what programs say', () => {
    expect(['write: No space left on device', 'ENOSPC: no space', 'database or disk is full (13)', 'all is well'].map(speaksOfFullDisk)).toEqual([true, true, true, false]);
  });
});
