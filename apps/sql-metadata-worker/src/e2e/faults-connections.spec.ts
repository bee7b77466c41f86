import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { freezeProcess, startRestartablePostgres, startTcpProxy, type RestartablePostgres, type TcpProxy } from '@tributary/testing/faults';
import { launchBuiltApi, waitFor, type BuiltApi, type LaunchedApp } from '@tributary/testing/stack';
import { ExtractionBed } from './extraction-bed.js';

/** Time after which a worker must say that it is not ready: two deadlines of its checks, and the pause between. */
const UNREADY_WITHIN_MS = 10_000;
/** The drain of 2 s, what the grace has over a drain, and time for a busy machine. */
const END_WITHIN_MS = 2_000 + 6_000 + 4_000;

describe('the SQL metadata worker, and an API beside it', () => {
  let state: RestartablePostgres;
  let bed: ExtractionBed;
  let silent: TcpProxy;
  let startingApi: BuiltApi;
  let calm: Record<string, string>;

  beforeAll(async () => {
    state = await startRestartablePostgres();
    bed = await ExtractionBed.start(state, { password: randomUUID() });
    // It waits for a minute: the other tests go on meanwhile.
    silent = await startTcpProxy(bed.stack.temporal.address);
    silent.freeze();
    startingApi = await launchBuiltApi({ environment: { ...bed.stack.environment, TEMPORAL_ADDRESS: silent.address }, logFile: join(bed.stack.folder, 'api.log') });
    calm = await (await bed.published(await bed.begin())).fingerprint();
  }, 180_000);

  afterAll(async () => {
    await startingApi?.kill();
    await silent?.stop();
    await bed?.stop();
    await state?.stop();
  }, 60_000);

  /** Waits until an app has begun to start. */
  const begun = ({ url }: LaunchedApp): Promise<void> => waitFor('the health server', () => fetch(`${url}/livez`).then(({ ok }) => ok, () => false));
  const logged = (code: string, app: LaunchedApp): boolean => app.log().includes(`"code":"${code}"`);

  it('is not ready while Temporal is silent, lives on, and ends the run right when Temporal is back', async () => {
    const handle = await bed.beginAndWait();
    bed.proxy.freeze();
    expect(await bed.untilReady(false, 'the Temporal server does not answer')).toBeLessThan(UNREADY_WITHIN_MS);
    // Long enough for the server to give its batches to another attempt, while those of the first still run.
    await waitFor('the heartbeats to be missed', async () => (await bed.pending(handle)).some(({ attempt }) => attempt > 1));
    expect([await bed.isAlive(), bed.isPublished(handle)]).toEqual([true, false]);
    bed.proxy.thaw();
    expect(await bed.untilReady(true)).toBeLessThan(30_000);
    expect(await (await bed.published(handle)).fingerprint()).toEqual(calm);
  }, 120_000);

  it('ends within its grace when it is told to while Temporal is silent, and a start is given up with its reason', async () => {
    const handle = await bed.beginAndWait();
    bed.proxy.freeze();
    const starting = await bed.launch();
    const told = await bed.launch();
    await begun(told);
    told.signal('SIGTERM');
    expect(await told.exited).toEqual({ code: 0, signal: null });
    const since = performance.now();
    bed.worker.signal('SIGTERM');
    await bed.worker.exited;
    expect(performance.now() - since).toBeLessThan(END_WITHIN_MS);
    expect(await starting.exited).toEqual({ code: 1, signal: null });
    expect(logged('TEMPORAL_UNREACHABLE', starting)).toBe(true);
    bed.proxy.thaw();
    await bed.restart();
    expect(await (await bed.published(handle)).fingerprint()).toEqual(calm);
  }, 120_000);

  it('takes a frozen sidecar for one that fails: calls end at their deadline, and the run goes on after it', async () => {
    const thaw = freezeProcess(bed.stack.daprd.pid);
    try {
      const handle = await bed.begin();
      expect(await bed.untilReady(false, 'the Dapr sidecar does not answer')).toBeLessThan(UNREADY_WITHIN_MS);
      expect(await bed.untilFailedWith(handle, 'SIDECAR_DEADLINE_EXCEEDED')).toMatchObject({ type: 'checkSource' });
      thaw();
      expect(await bed.untilReady(true)).toBeLessThan(UNREADY_WITHIN_MS);
      expect(await (await bed.published(handle)).fingerprint()).toEqual(calm);
    } finally {
      thaw();
    }
  }, 120_000);

  it('fails a run with the code of the sidecar that never comes back, and publishes nothing; starts end, too', async () => {
    await bed.stack.killDaprd();
    expect(await bed.untilReady(false, 'the Dapr sidecar does not answer')).toBeLessThan(UNREADY_WITHIN_MS);
    const handle = await bed.begin();
    const failed = handle.result().catch((error: unknown) => error);
    const waiting = await bed.launch();
    const impatient = await bed.launch({ TRIBUTARY_SIDECAR_WAIT_MS: '1000' });
    expect(await impatient.exited).toEqual({ code: 1, signal: null });
    expect(logged('WORKER_SIDECAR_UNREACHABLE', impatient)).toBe(true);
    await begun(waiting);
    waiting.signal('SIGTERM');
    expect(await waiting.exited).toEqual({ code: 0, signal: null });
    expect(await failed).toMatchObject({ cause: { cause: { type: 'SIDECAR_UNREACHABLE' } } });
    expect(bed.files(handle)).toEqual([]);
    await bed.stack.restartDaprd();
    expect(await bed.untilReady(true)).toBeLessThan(UNREADY_WITHIN_MS);
    expect(await (await bed.published(await bed.begin())).fingerprint()).toEqual(calm);
  }, 120_000);

  it('gives up the start of the API, too, when Temporal stays silent', async () => {
    expect(await startingApi.exited).toEqual({ code: 1, signal: null });
    expect(startingApi.log()).toContain('TEMPORAL_UNREACHABLE: ');
  }, 90_000);
});
