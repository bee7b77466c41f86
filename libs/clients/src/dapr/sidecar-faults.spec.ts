import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { metrics } from '../telemetry/index.js';
import { DaprSidecarClient, waitForSidecar } from './index.js';

const DEADLINE_MS = 300;
const event = { id: '1', source: '/spec', type: 'spec', data: 1 };

/** Every kind of call there is. */
function calls(client: DaprSidecarClient): [string, (signal?: AbortSignal) => Promise<unknown>][] {
  const options = (signal?: AbortSignal) => (signal ? { signal } : {});
  const objects = client.objectStore('objects');
  const state = client.stateStore('state');
  return [
    ['resolving a secret', (signal) => client.secrets.resolve('secret://local/name', options(signal))],
    ['reading state', (signal) => state.get('key', options(signal))],
    ['writing state', (signal) => state.set('key', 1, null, options(signal))],
    ['deleting state', (signal) => state.delete('key', '1', options(signal))],
    ['publishing', (signal) => client.eventBus('events').publish('topic', event, options(signal))],
    ['putting an object', (signal) => objects.put('key', Buffer.from('x'), options(signal))],
    ['getting an object', (signal) => drain(objects.get('key', options(signal)))],
    ['looking at an object', (signal) => objects.stat('key', options(signal))],
    ['listing objects', (signal) => drain(objects.list('', options(signal)))],
    ['deleting an object', (signal) => objects.delete('key', options(signal))],
  ];
}

const names = calls(new DaprSidecarClient({ grpcPort: 1 })).map(([name]) => name);

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream) continue;
}

describe('a sidecar that takes the connection and never answers', () => {
  const sockets = new Set<Socket>();
  let server: Server;
  let client: DaprSidecarClient;
  let httpUrl: string;

  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    httpUrl = `http://127.0.0.1:${port}`;
    client = new DaprSidecarClient({ grpcPort: port, deadlineMs: DEADLINE_MS });
  });

  afterAll(async () => {
    client.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(names)('ends %s at its deadline', async (name) => {
    const [, call] = calls(client).find(([each]) => each === name)!;
    const before = performance.now();
    await expect(call()).rejects.toMatchObject({ code: 'SIDECAR_DEADLINE_EXCEEDED', recovery: 'retry' });
    expect(performance.now() - before).toBeGreaterThanOrEqual(DEADLINE_MS - 5);
    expect(performance.now() - before).toBeLessThan(DEADLINE_MS + 1_000);
  });

  it.each(names)('lets the caller abort %s', async (name) => {
    const patient = new DaprSidecarClient({ grpcPort: Number(new URL(httpUrl).port), deadlineMs: 60_000 });
    const [, call] = calls(patient).find(([each]) => each === name)!;
    const controller = new AbortController();
    const reason = new Error('the caller has gone');
    setTimeout(() => { controller.abort(reason); }, 50);
    await expect(call(controller.signal)).rejects.toBe(reason);
    patient.close();
  });

  it('shows in the metrics by operation and outcome', async () => {
    const text = await metrics.render();
    for (const outcome of ['deadline', 'aborted']) {
      expect(text).toMatch(new RegExp(`tributary_sidecar_call_duration_seconds_count\\{operation="reading_a_secret",outcome="${outcome}"\\} [1-9]`));
    }
    expect(text).not.toMatch(/sidecar_call_duration_seconds_count\{[^}]*outcome="ok"/);
  });

  it('is not waited for longer than asked', async () => {
    const before = performance.now();
    await expect(waitForSidecar(httpUrl, 500)).rejects.toMatchObject({ code: 'SIDECAR_NOT_READY' });
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('is not waited for once the caller aborts', async () => {
    const reason = new Error('the caller has gone');
    const controller = new AbortController();
    setTimeout(() => { controller.abort(reason); }, 50);
    await expect(waitForSidecar(httpUrl, 60_000, { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('no sidecar at all', () => {
  let port: number;

  beforeAll(async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(names)('fails %s at once and says where it looked', async (name) => {
    const client = new DaprSidecarClient({ grpcPort: port, deadlineMs: 10_000 });
    const [, call] = calls(client).find(([each]) => each === name)!;
    const before = performance.now();
    await expect(call()).rejects.toMatchObject({
      code: 'SIDECAR_UNREACHABLE',
      recovery: 'retry',
      message: expect.stringContaining(`http://127.0.0.1:${port}`) as string,
    });
    expect(performance.now() - before).toBeLessThan(2_000);
    client.close();
  });

  it('is named when it is waited for', async () => {
    await expect(waitForSidecar(`http://127.0.0.1:${port}`, 250)).rejects.toThrow(/not ready after 250 ms: ECONNREFUSED/);
  });
});
