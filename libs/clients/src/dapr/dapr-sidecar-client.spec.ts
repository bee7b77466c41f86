import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Secret } from '@tributary/common';
import { type DaprSidecar, type PostgresServer, freePorts, startDaprd, startPostgres } from '@tributary/dev/servers';
import { DaprSidecarClient } from './index.js';

const START_MS = 120_000;
const TOKEN = 'token-of-the-sidecar';

let folder: string;
let postgres: PostgresServer;
let daprd: DaprSidecar;
let client: DaprSidecarClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-dapr-'));
  await mkdir(join(folder, 'objects'));
  await writeFile(join(folder, 'secrets.json'), JSON.stringify({ allowed: 'value', denied: 'value' }));
  postgres = await startPostgres();
  daprd = await start();
  client = connect();
  await client.waitUntilReady(10_000);
}, START_MS);

afterAll(async () => {
  client?.close();
  await daprd?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}, START_MS);

const start = (more: Partial<Parameters<typeof startDaprd>[0]> = {}): Promise<DaprSidecar> =>
  startDaprd({
    appId: 'clients-spec',
    components: [
      component('local', 'secretstores.local.file', 'v1', { secretsFile: join(folder, 'secrets.json') }),
      component('memory', 'state.in-memory', 'v1'),
      component('postgres', 'state.postgresql', 'v2', { connectionString: postgres.url, timeout: '2s' }),
      component('events', 'pubsub.in-memory', 'v1', { publishingScopes: 'clients-spec=open', allowedTopics: 'open,closed' }),
      component('objects', 'bindings.localstorage', 'v1', { rootPath: join(folder, 'objects') }),
      component('http', 'bindings.http', 'v1', { url: 'http://127.0.0.1:1' }),
    ],
    configuration: {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Configuration',
      metadata: { name: 'spec' },
      spec: { secrets: { scopes: [{ storeName: 'local', defaultAccess: 'allow', deniedSecrets: ['denied'] }] } },
    },
    ...more,
  });

const connect = (more: Partial<ConstructorParameters<typeof DaprSidecarClient>[0]> = {}): DaprSidecarClient =>
  new DaprSidecarClient({ grpcPort: daprd.grpcPort, httpPort: daprd.httpPort, deadlineMs: 5_000, ...more });

function component(name: string, type: string, version: string, metadata: Record<string, string> = {}): object {
  return {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type, version, metadata: Object.entries(metadata).map(([key, value]) => ({ name: key, value })) },
  };
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream) continue;
}

describe('what the sidecar does not have or allow', () => {
  const event = { id: '1', source: '/spec', type: 'spec', data: 1 };

  it('is an unknown state store, for every call', async () => {
    const state = client.stateStore('nowhere');
    const expected = { code: 'STATE_STORE_UNKNOWN', recovery: 'fatal' };
    await expect(state.get('key')).rejects.toMatchObject(expected);
    await expect(state.set('key', 1, null)).rejects.toMatchObject(expected);
    await expect(state.delete('key', '1')).rejects.toMatchObject(expected);
  });

  it('is an unknown pub/sub component', async () => {
    await expect(client.eventBus('nowhere').publish('open', event)).rejects.toMatchObject({ code: 'PUBSUB_UNKNOWN' });
  });

  it('is a topic that this application may not publish to', async () => {
    await client.eventBus('events').publish('open', event);
    await expect(client.eventBus('events').publish('closed', event)).rejects.toMatchObject({ code: 'PUBSUB_FORBIDDEN' });
  });

  it('is an unknown binding', async () => {
    await expect(client.objectStore('nowhere').put('key', Buffer.from('x'))).rejects.toMatchObject({ code: 'BINDING_UNKNOWN' });
    await expect(drain(client.objectStore('nowhere').list(''))).rejects.toMatchObject({ code: 'BINDING_UNKNOWN' });
  });

  it('is a binding that is no object store', async () => {
    await expect(drain(client.objectStore('http').list(''))).rejects.toMatchObject({ code: 'BINDING_UNSUPPORTED' });
  });

  it('is a secret out of scope', async () => {
    expect((await client.secrets.resolve('secret://local/allowed')).reveal()).toBe('value');
    await expect(client.secrets.resolve('secret://local/denied')).rejects.toMatchObject({ code: 'SECRET_FORBIDDEN' });
  });
});

describe('secrets', () => {
  it('are told to the listener, so that they can be scrubbed from texts', async () => {
    const heard: string[] = [];
    const listening = connect({ secretListener: { add: (secret) => heard.push(secret.reveal()) } });
    await listening.secrets.resolve('secret://local/allowed');
    listening.close();
    expect(heard).toEqual(['value']);
  });
});

describe('state that somebody else wrote', () => {
  it.each([
    ['text', '"plain"'],
    ['another version of the envelope', '{"v":2,"value":1}'],
    ['no JSON', 'AAE='],
  ])('is reported, not guessed at: %s', async (_, body) => {
    const key = 'foreign';
    await fetch(`http://127.0.0.1:${daprd.httpPort}/v1.0/state/memory`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ key, value: JSON.parse(body.startsWith('A') ? JSON.stringify(body) : body) as unknown }]),
    });
    await expect(client.stateStore('memory').get(key)).rejects.toMatchObject({ code: 'STATE_VALUE_UNREADABLE' });
  });
});

describe('messages that are too large', () => {
  const bytes = Buffer.alloc(4 * 1024 * 1024);

  it('are refused before they are sent', async () => {
    await expect(client.objectStore('objects').put('large', bytes)).rejects.toMatchObject({ code: 'OBJECT_TOO_LARGE' });
    expect(await client.objectStore('objects').stat('large')).toBeUndefined();
  });

  it('are named also where only the sidecar refuses them', async () => {
    const generous = connect({ maxMessageBytes: 64 * 1024 * 1024 });
    await expect(generous.objectStore('objects').put('large', bytes)).rejects.toMatchObject({ code: 'OBJECT_TOO_LARGE' });
    generous.close();
  });

  it('are named when they come back', async () => {
    await client.objectStore('objects').put('medium', bytes.subarray(0, 2_000_000));
    const small = connect({ maxMessageBytes: 1024 * 1024 });
    await expect(drain(small.objectStore('objects').get('medium'))).rejects.toMatchObject({ code: 'OBJECT_TOO_LARGE' });
    small.close();
  });
});

describe('a sidecar with an API token', () => {
  let guarded: DaprSidecar;
  const withToken = (apiToken?: string): DaprSidecarClient =>
    new DaprSidecarClient({
      grpcPort: guarded.grpcPort,
      httpPort: guarded.httpPort,
      ...(apiToken === undefined ? {} : { apiToken: new Secret(apiToken) }),
    });

  beforeAll(async () => {
    guarded = await start({ env: { DAPR_API_TOKEN: TOKEN } });
  }, START_MS);
  afterAll(() => guarded?.stop(), START_MS);

  it('serves the process that has it', async () => {
    const trusted = withToken(TOKEN);
    await trusted.waitUntilReady(5_000);
    expect((await trusted.secrets.resolve('secret://local/allowed')).reveal()).toBe('value');
    trusted.close();
  });

  it.each([undefined, 'wrong'])('refuses one that has %s', async (token) => {
    const stranger = withToken(token);
    const error = await stranger.secrets.resolve('secret://local/allowed').then(() => undefined, (reason: Error) => reason);
    expect(error).toMatchObject({ code: 'SIDECAR_TOKEN_REJECTED', recovery: 'fatal' });
    expect(error?.message).not.toContain(TOKEN);
    stranger.close();
  });
});

describe('a client that is closed', () => {
  it('does not keep its process alive', async () => {
    const script = `
      const { DaprSidecarClient } = require('@tributary/clients/dapr');
      const client = new DaprSidecarClient({ grpcPort: ${daprd.grpcPort} });
      client.secrets.resolve('secret://local/allowed').then(() => {
        client.close();
        const closed = performance.now();
        process.on('exit', () => process.stdout.write(String(performance.now() - closed)));
      });`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@tributary/source', '--import', 'tsx', '-e', script],
      { cwd: __dirname, timeout: 30_000 },
    );
    expect(Number(stdout)).toBeLessThan(500);
  }, START_MS);
});

describe('a sidecar that is killed', () => {
  it('is unreachable while it is gone, and used again once it is back, by the same client', async () => {
    const [grpcPort, httpPort] = (await freePorts(2)) as [number, number];
    let sidecar = await start({ grpcPort, httpPort });
    const steady = new DaprSidecarClient({ grpcPort, httpPort, deadlineMs: 5_000 });
    const state = steady.stateStore('postgres');
    await state.set('killed/key', 'kept', null);

    await sidecar.kill();
    await expect(state.get('killed/key')).rejects.toMatchObject({ code: 'SIDECAR_UNREACHABLE' });

    sidecar = await start({ grpcPort, httpPort });
    await steady.waitUntilReady(10_000);
    expect((await state.get('killed/key'))?.value).toBe('kept');
    expect((await steady.secrets.resolve('secret://local/allowed')).reveal()).toBe('value');
    steady.close();
    await sidecar.stop();
  }, START_MS);
});

describe('a database that is gone', () => {
  it('is an error, never an absent key', async () => {
    const state = client.stateStore('postgres');
    await state.set('gone/key', 'kept', null);
    const etag = (await state.get('gone/key'))?.etag ?? '';
    await postgres.stop();
    const expected = { recovery: 'retry', code: expect.stringMatching(/^(STATE_STORE_UNAVAILABLE|SIDECAR_DEADLINE_EXCEEDED)$/) as string };
    await expect(state.get('gone/key')).rejects.toMatchObject(expected);
    await expect(state.set('gone/key', 'lost', etag)).rejects.toMatchObject(expected);
    await expect(state.delete('gone/key', etag)).rejects.toMatchObject(expected);
    await expect(state.get('gone/key')).rejects.not.toThrow(postgres.password);
  }, START_MS);
});
