import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { sql } from 'kysely';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { waitFor } from '@tributary/testing/stack';
import { eventOf, openFreshStore, pageOf, runOf, unitOf } from '../../e2e/store-test-bed.js';
import type { OpenEventDatabase } from '../event-database.js';

/** Passes bytes on, until it is told to lose the answer to the next commit. */
class LossyProxy {
  #losing: 'answer' | 'request' | undefined;
  lost = 0;

  private constructor(private readonly listener: Server) {}

  static async start(to: { host: string; port: number }): Promise<LossyProxy> {
    const listener = createServer((client) => proxy.#join(client, connect(to.port, to.host)));
    const proxy = new LossyProxy(listener);
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  loseNextCommit(what: 'answer' | 'request'): void {
    this.#losing = what;
  }

  async stop(): Promise<void> {
    await new Promise<unknown>((resolve) => this.listener.close(resolve));
  }

  #join(client: Socket, upstream: Socket): void {
    let silent = false;
    client.on('data', (bytes) => {
      const loses = this.#losing !== undefined && /\0commit\0|commit\0/.test(bytes.toString('latin1'));
      if (!loses) return void upstream.write(bytes);
      this.lost += 1;
      silent = true;
      if (this.#losing === 'answer') upstream.write(bytes);
      else client.destroy();
      this.#losing = undefined;
    });
    upstream.on('data', (bytes) => (silent ? client.destroy() : client.write(bytes)));
    for (const [one, other] of [[client, upstream], [upstream, client]] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  }
}

let server: PostgresServer;
let proxy: LossyProxy;
let direct: OpenEventDatabase;
let database: OpenEventDatabase;

beforeAll(async () => {
  server = await startPostgres();
  proxy = await LossyProxy.start(server);
  const schema = 'exactly once';
  direct = await openFreshStore(server, { schema });
  database = await openFreshStore({ ...server, port: proxy.port }, { schema, applicationName: 'under test' });
}, 60_000);

afterAll(async () => {
  await database.close();
  await direct.close();
  await proxy.stop();
  await server.stop();
});

beforeEach(() => direct.db.deleteFrom('events').execute());

it.each(['answer', 'request'] as const)('counts a page once when the %s of its commit is lost', async (what) => {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('unit'), unitOf('other')]);
  const before = proxy.lost;
  const discovered = [unitOf('found')];
  const quarantined = [{ record: '1', code: 'X_BAD', message: 'bad' }];
  for (const [index, loss] of [what, undefined, what].entries()) {
    if (loss) proxy.loseNextCommit(loss);
    const page = pageOf('unit', { events: [eventOf(`e${index}`)], cursor: { page: index }, discovered, quarantined });
    expect(await ledger.commit([page, pageOf('other', { events: [eventOf(`o${index}`)], cursor: index })])).toEqual({
      inserted: 2, updated: 0, unchanged: 0,
    });
  }
  proxy.loseNextCommit(what);
  await ledger.putBack('unit');
  expect((await ledger.pending('visit', 9)).map(({ key, attempts }) => [key, attempts])).toEqual([['found', 0], ['other', 0], ['unit', 1]]);
  proxy.loseNextCommit(what);
  await ledger.end({ unit: 'unit', outcome: 'gone', code: 'X_GONE', message: 'gone' });
  proxy.loseNextCommit(what);
  await ledger.finish('failed');
  expect(await ledger.totals()).toMatchObject({ events: { inserted: 6, updated: 0, unchanged: 0 }, quarantined: 3, units: { gone: 1, failed: 2 } });
  expect(await ledger.progress('visit')).toMatchObject({ done: 1, total: 3 });
  expect(proxy.lost - before).toBe(5);
});

it('counts a page once when its connection is killed while it is loaded', async () => {
  const earlier = await database.openRun(runOf(), 1);
  await earlier.add([unitOf('unit')]);
  await earlier.commit([pageOf('unit', { events: [eventOf('held')] })]);
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('unit')]);
  // Another session holds a row that the page has to change, so the page waits in the middle of its transaction.
  const killed = await direct.db.transaction().execute(async (holder) => {
    await holder.updateTable('events').set({ employee_id: 'E9' }).where('id', '=', 'held').execute();
    const page = ledger.commit([pageOf('unit', { events: [eventOf('new'), eventOf('held', { employee_id: 'E2' })], cursor: 2 })]);
    const settled = page.then((counts) => ({ counts }));
    const kill = async (): Promise<number> => {
      const { rows } = await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'under test' AND wait_event_type = 'Lock'`.execute(direct.db);
      return rows.length;
    };
    await waitFor('the page to wait for the row', async () => (await kill()) > 0, 10_000);
    return { settled };
  });
  expect(await killed.settled).toEqual({ counts: { inserted: 1, updated: 1, unchanged: 0 } });
  expect((await ledger.totals()).events).toEqual({ inserted: 1, updated: 1, unchanged: 0 });
});

it('lets a superseded attempt write nothing, and its page in flight count nothing', async () => {
  const run = runOf();
  const first = await database.openRun(run, 1);
  await first.add([unitOf('unit')]);
  await first.pending('visit', 1);
  const second = await database.openRun(run, 2);
  const page = pageOf('unit', { events: [eventOf('a')], cursor: 1 });
  const writes = [
    () => first.commit([page]),
    () => first.add([unitOf('late')]),
    () => first.putBack('unit'),
    () => first.end({ unit: 'unit', outcome: 'failed', code: 'X_LATE', message: 'late' }),
    () => first.finish('done'),
    () => database.openRun(run, 1),
  ];
  for (const write of writes) await expect(write()).rejects.toMatchObject({ code: 'ETL_RUN_SUPERSEDED', recovery: 'fatal' });
  expect(await second.pending('visit', 9)).toMatchObject([{ key: 'unit', cursor: undefined, attempts: 0 }]);
  expect(await second.commit([page])).toEqual({ inserted: 1, updated: 0, unchanged: 0 });
});

it('refuses a page that was read from another cursor than the ledger has', async () => {
  const run = runOf();
  const one = await database.openRun(run, 1);
  await one.add([unitOf('unit')]);
  await one.pending('visit', 1);
  const same = await database.openRun(run, 1);
  await same.commit([pageOf('unit', { events: [eventOf('a')], cursor: 1 })]);
  await expect(one.commit([pageOf('unit', { events: [eventOf('a')], cursor: 1 })])).rejects.toMatchObject({ code: 'ETL_LEDGER_CONFLICT', recovery: 'retry' });
  await same.commit([pageOf('unit')]);
  await expect(same.commit([pageOf('unit')])).rejects.toMatchObject({ code: 'ETL_LEDGER_CONFLICT' });
  await expect(same.commit([pageOf('nowhere')])).rejects.toMatchObject({ code: 'ETL_LEDGER_CONFLICT' });
  expect((await same.totals()).events).toEqual({ inserted: 1, updated: 0, unchanged: 0 });
});

it('takes pages of one run from many lanes at once', async () => {
  const ledger = await database.openRun(runOf(), 1);
  const units = Array.from({ length: 16 }, (_, lane) => unitOf(`lane:${String(lane).padStart(2, '0')}`));
  await ledger.add(units);
  await Promise.all(
    units.map(async ({ key }) => {
      for (let page = 0; page < 10; page += 1) await ledger.commit([pageOf(key, { events: [eventOf(`${key}-${page}`), eventOf('shared')], cursor: page })]);
      await ledger.commit([pageOf(key)]);
    }),
  );
  expect(await ledger.totals()).toMatchObject({ events: { inserted: 161, updated: 0, unchanged: 0 }, units: { done: 16, failed: 0 } });
  expect(await ledger.progress('visit')).toMatchObject({ done: 16, total: 16 });
});

it('says that the server went away, once it stays away', async () => {
  const alone = await startPostgres();
  const store = await openFreshStore(alone);
  const ledger = await store.openRun(runOf(), 1);
  await alone.kill();
  await expect(ledger.add([unitOf('unit')])).rejects.toMatchObject({
    code: expect.stringMatching(/^ETL_DATABASE_(UNREACHABLE|CONNECTION_LOST)$/) as string,
    recovery: 'retry',
  });
  await store.close();
}, 30_000);
