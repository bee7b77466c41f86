import { randomBytes } from 'node:crypto';
import { freezeProcess, startRestartablePostgres, startTcpProxy, type RestartablePostgres, type TcpProxy } from '@tributary/testing/faults';
import { createWorld, startLaunchpad, type LaunchpadServer } from '@tributary/testing/launchpad';
import { waitFor } from '@tributary/testing/stack';
import type { EtlFlowResult } from '@tributary/workflow-contracts/etl';
import type { WorkflowHandle } from '@temporalio/client';
import { LaunchpadBed, type EventRow } from './launchpad-bed.js';

const ARGS = { team: 'platform', data_date_start: '2025-11-01', data_date_end: '2026-11-01' };

/** The drain of 2 s, what the grace has over a drain, and time for a busy machine. */
const END_WITHIN_MS = 2_000 + 6_000 + 4_000;

describe('a flow', () => {
  let launchpad: LaunchpadServer;
  let postgres: RestartablePostgres;
  let proxy: TcpProxy;
  let bed: LaunchpadBed;
  let calm: { readonly rows: EventRow[]; readonly result: EtlFlowResult; readonly requests: number };

  beforeAll(async () => {
    launchpad = await startLaunchpad({ world: createWorld({ seed: 3, bugs: 100, proposals: 30, questions: 20 }), latencyMs: 20 });
    postgres = await startRestartablePostgres();
    bed = await LaunchpadBed.start({
      serviceRoot: launchpad.url,
      credentials: launchpad.tokens.issue('alice'),
      postgres,
      environment: { TRIBUTARY_FLOW_LANES: '8', TRIBUTARY_SHUTDOWN_GRACE_MS: '2000' },
      environmentOn: async ({ temporal }) => {
        proxy = await startTcpProxy(temporal.address);
        return { TEMPORAL_ADDRESS: proxy.address };
      },
    });
    const result = await bed.run(ARGS);
    calm = { rows: await bed.events(), result, requests: launchpad.requests.count() };
  }, 180_000);

  beforeEach(async () => {
    await bed.clear();
    launchpad.requests.clear();
  });

  afterEach(() => proxy?.thaw());

  afterAll(async () => {
    await bed?.stop();
    await proxy?.stop();
    await postgres?.stop();
    await launchpad?.stop();
  }, 60_000);

  /** Starts a flow, and waits until a part of its requests has been answered. */
  async function beginAndWait(share: number): Promise<WorkflowHandle> {
    const handle = await bed.begin(ARGS);
    await waitFor(`${String(share * 100)} % of the requests`, () => launchpad.requests.count() >= share * calm.requests, 60_000, 5);
    return handle;
  }

  async function expectCalm(handle: WorkflowHandle): Promise<void> {
    const { events, types, subjects, units, quarantined } = (await handle.result()) as EtlFlowResult;
    expect(await bed.events()).toEqual(calm.rows);
    const { result } = calm;
    expect({ events, types, subjects, units, quarantined }).toEqual({ events: result.events, types: result.types, subjects: result.subjects, units: result.units, quarantined: 0 });
  }

  async function reasonNotReady(): Promise<string> {
    const answer = await fetch(`${bed.worker.url}/readyz`);
    return answer.status === 503 ? ((await answer.json()) as { reason: string }).reason : '';
  }

  it('has each event once after Temporal was silent for longer than a heartbeat may be', async () => {
    const handle = await beginAndWait(0.3);
    proxy.freeze();
    await waitFor('the worker to be unready', async () => (await reasonNotReady()).includes('the Temporal server does not answer'), 10_000);
    await waitFor('the heartbeat to be missed', async () => ((await handle.describe()).raw.pendingActivities ?? []).some(({ attempt }) => (attempt ?? 0) > 1));
    expect((await fetch(`${bed.worker.url}/livez`)).status).toBe(200);
    proxy.thaw();
    await expectCalm(handle);
    await waitFor('the worker to be ready', async () => (await reasonNotReady()) === '', 30_000);
  }, 90_000);

  it('is not needed for the end of an idle worker, whose farewell Temporal does not answer', async () => {
    proxy.freeze();
    const since = performance.now();
    bed.worker.signal('SIGTERM');
    expect(await bed.worker.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - since).toBeLessThan(END_WITHIN_MS);
    proxy.thaw();
    await bed.restart();
  }, 60_000);

  it('has each event once after the events database was restarted', async () => {
    const handle = await beginAndWait(0.5);
    await postgres.crash();
    await postgres.startAgain();
    await expectCalm(handle);
  }, 90_000);

  it('signs in with the new password when that was changed while the database was restarted', async () => {
    const handle = await beginAndWait(0.2);
    const password = randomBytes(12).toString('hex');
    await bed.changePassword(password);
    await postgres.crash();
    await postgres.startAgain();
    await expectCalm(handle);
    expect(bed.worker.log()).not.toContain(password);
  }, 90_000);

  it('goes on on the next worker when one is told to end twice, and ends at once', async () => {
    const handle = await beginAndWait(0.3);
    const { latencyMs } = launchpad.faults;
    try {
      // The first signal finds work that it has to wait for.
      launchpad.faults.latencyMs = 10_000;
      bed.worker.signal('SIGTERM');
      await waitFor('the drain', () => bed.worker.log().includes('Shutting down'));
      bed.worker.signal('SIGTERM');
      expect(await bed.worker.exited).toEqual({ code: 1, signal: null });
    } finally {
      launchpad.faults.latencyMs = latencyMs;
    }
    await bed.restart();
    await expectCalm(handle);
  }, 90_000);

  it('needs the events database to start: without an answer a worker ends with its code, and at once when told to', async () => {
    const thaw = freezeProcess(postgres.pid);
    try {
      const told = await bed.launch('told');
      await waitFor('the start', () => fetch(`${told.url}/livez`).then(({ ok }) => ok, () => false));
      told.signal('SIGTERM');
      expect(await told.exited).toEqual({ code: 0, signal: null });
    } finally {
      thaw();
    }
    await postgres.crash();
    const without = await bed.launch('without');
    expect(await without.exited).toEqual({ code: 1, signal: null });
    expect(without.log()).toContain('"code":"ETL_DATABASE_UNREACHABLE"');
    await postgres.startAgain();
  }, 90_000);
});
