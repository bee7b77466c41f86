import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DaprSidecarClient } from '@tributary/clients/dapr';
import type { SecretRef } from '@tributary/common';
import { startDaprd } from '@tributary/dev/servers';
import { waitFor } from '@tributary/testing/stack';
import { TEST_KEYS } from '../testdata/access.js';
import { CheckedClient } from '../testdata/checked-client.js';
import { startFixture, type ApiUnderTest, type Fixture } from '../testdata/fixture.js';

let fixture: Fixture;
let folder: string;
let file: string;
let api: ApiUnderTest;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  folder = await mkdtemp(join(tmpdir(), 'development-secrets-'));
  file = join(folder, 'resources', 'secrets.json');
  await mkdir(join(folder, 'resources'));
  api = await fixture.startApi({ developmentSecretsFile: file });
  http = await CheckedClient.of(api.url);
}, 60_000);

afterAll(async () => {
  await fixture.stop();
  await rm(folder, { recursive: true, force: true });
});

const put = (name: string, secrets: unknown, client = http) =>
  client.call<{ references: SecretRef[]; code: string }>('PUT', `/v1/development/secrets/${name}`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secrets }),
  });

describe('a development secret', () => {
  it('reaches a running sidecar that watches, the first time and when it is replaced', async () => {
    const sidecar = await startWatchingDaprd(join(folder, 'resources'));
    const holds = async (reference: SecretRef, value: string): Promise<boolean> =>
      sidecar.client.secrets.resolve(reference).then((secret) => secret.reveal() === value, () => false);
    try {
      for (const value of [randomBytes(9).toString('hex'), randomBytes(9).toString('hex')]) {
        const { status, body } = await put('warehouse', { password: value });
        expect([status, body.references]).toEqual([200, ['secret://development/warehouse#password']]);
        await waitFor('the sidecar to give the value', () => holds('secret://development/warehouse#password', value), 10_000);
      }
    } finally {
      await sidecar.stop();
    }
  }, 60_000);

  it('is in no answer and no log line, and in a file that nobody else may read', async () => {
    const canary = randomBytes(16).toString('hex');
    const answers = [await put('canary', { password: canary, user: 'me' }), await put('canary', { odd: { deep: canary } }), await put('canary', [canary]), await put('canary', { 'bad key': canary })];
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 400, 400]);
    expect([...answers.map(({ text }) => text), ...api.lines].join('\n')).not.toContain(canary);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ canary: { password: canary, user: 'me' } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('of which many are put at the same time is never lost', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `many-${index}`);
    await Promise.all(names.map((name) => put(name, { key: name })));
    expect(Object.keys(JSON.parse(await readFile(file, 'utf8')) as object)).toEqual(expect.arrayContaining(names));
  });

  it('is put by admins alone', async () => {
    expect((await put('x', { a: 'b' }, http.as(TEST_KEYS.operator))).status).toBe(403);
  });

  it('does not replace a file that is none of ours', async () => {
    const strange = join(folder, 'strange.json');
    await writeFile(strange, 'not ours');
    const other = await CheckedClient.of((await fixture.startApi({ developmentSecretsFile: strange })).url);
    expect(await put('x', { a: 'b' }, other)).toMatchObject({ status: 500, body: { code: 'DEVELOPMENT_SECRETS_UNWRITABLE' } });
    expect(await readFile(strange, 'utf8')).toBe('not ours');
  });

  it('is refused where the API is not for development, and the API does not start where others reach it', async () => {
    const closed = await CheckedClient.of((await fixture.startApi()).url);
    expect(await put('x', { a: 'b' }, closed)).toMatchObject({ status: 404, body: { code: 'DEVELOPMENT_SECRETS_OFF' } });
    await expect(fixture.startApi({ developmentSecretsFile: file, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'DEVELOPMENT_SECRETS_EXPOSED' });
  });
});

/** A sidecar that watches a folder, as those of workers on the local stack do. */
async function startWatchingDaprd(watchedResources: string): Promise<{ client: DaprSidecarClient; stop(): Promise<void> }> {
  const daprd = await startDaprd({ appId: 'worker', components: [], watchedResources });
  const client = new DaprSidecarClient({ grpcPort: daprd.grpcPort, httpPort: daprd.httpPort });
  return {
    client,
    stop: async () => {
      client.close();
      await daprd.stop();
    },
  };
}
