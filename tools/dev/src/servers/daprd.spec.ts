import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startDaprd } from './daprd.js';

jest.setTimeout(300_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daprd-spec-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function component(name: string, type: string, metadata: Record<string, string> = {}): object {
  const pairs = Object.entries(metadata).map(([key, value]) => ({ name: key, value }));
  return { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name }, spec: { type, version: 'v1', metadata: pairs } };
}

async function secretStore(): Promise<object> {
  const secretsFile = join(folder, 'secrets.json');
  await writeFile(secretsFile, JSON.stringify({ database: { password: 'hush' } }));
  return component('local', 'secretstores.local.file', { secretsFile, multiValued: 'true' });
}

it('serves the components it is given, and comes back on its ports after a kill', async () => {
  const components = [await secretStore(), component('state', 'state.in-memory'), component('events', 'pubsub.in-memory')];
  const first = await startDaprd({ appId: 'shop', components });
  await first.kill();
  const { grpcPort, httpPort } = first;
  const second = await startDaprd({ appId: 'shop', components, grpcPort, httpPort });
  const secret = await fetch(`http://127.0.0.1:${httpPort}/v1.0/secrets/local/database`);
  await expect(secret.json()).resolves.toEqual({ password: 'hush' });
  const metadata = (await (await fetch(`http://127.0.0.1:${httpPort}/v1.0/metadata`)).json()) as { id: string; components: { name: string }[] };
  expect(metadata.id).toBe('shop');
  expect(metadata.components.map(({ name }) => name).sort()).toEqual(['events', 'local', 'state']);
  await second.stop();
  expect(existsSync(dirname(second.logFile))).toBe(false);
});

it('obeys its configuration', async () => {
  const configuration = {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Configuration',
    metadata: { name: 'local' },
    spec: { secrets: { scopes: [{ storeName: 'local', defaultAccess: 'deny' }] } },
  };
  const sidecar = await startDaprd({ appId: 'shop', components: [await secretStore()], configuration });
  const answer = await fetch(`http://127.0.0.1:${sidecar.httpPort}/v1.0/secrets/local/database`);
  expect(answer.status).toBe(403);
  await sidecar.stop();
});

it('tells what the sidecar says when a component fails', async () => {
  const failed = startDaprd({ appId: 'shop', components: [component('local', 'secretstores.local.file', { secretsFile: join(folder, 'missing.json') })] });
  await expect(failed).rejects.toMatchObject({ code: 'DEV_PROCESS_FAILED', message: expect.stringContaining('missing.json') as string });
});
