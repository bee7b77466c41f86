import { randomUUID } from 'node:crypto';
import { Secret } from '@tributary/common';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { waitFor } from '@tributary/testing/stack';
import type { SubjectReport } from '@tributary/workflow-contracts/etl';
import { stageMetrics } from '../engine/metrics.js';
import { runStage, type StageOptions } from '../engine/stage-runner.js';
import type { StageHeartbeat } from '../messages.js';
import type { Query } from '../source.js';
import { openEventDatabase, type OpenEventDatabase, type RunLedger } from '../store/index.js';
import { BOARD_DOWN, BOARD_PRIVATE } from './errors.js';
import { ScriptedSource } from './scripted-source.js';

const LANES = 4;

/** A meter that keeps what was counted. */
class Meter {
  readonly counts = new Map<string, number>();

  createCounter(name: string) {
    return {
      add: (value: number, tags: Record<string, string | number | boolean> = {}) => {
        const key = [name.replace('tributary_etl_', ''), ...Object.values(tags)].join(' ');
        this.counts.set(key, (this.counts.get(key) ?? 0) + value);
      },
    };
  }

  createGauge(name: string) {
    return { set: (value: number) => this.counts.set(name.replace('tributary_etl_', ''), value) };
  }
}

describe('a stage', () => {
  let postgres: PostgresServer;
  let database: OpenEventDatabase;
  let source: ScriptedSource;
  let query: Query;
  let ledger: RunLedger;
  let meter: Meter;
  let beats: StageHeartbeat[];

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);

  beforeEach(async () => {
    const { user, host, port, database: name, password } = postgres;
    database = openEventDatabase({
      url: `postgres://${user}@${host}:${port}/${name}?sslmode=disable`,
      password: new Secret(password),
      identityKey: new Secret('a key that only tests have, 32 bytes'),
      schema: `stage_${randomUUID().slice(0, 8)}`,
    });
    await database.prepare({ migrate: true });
    source = new ScriptedSource();
    meter = new Meter();
    beats = [];
    query = source.source.createQuery({ boards: ['red'], data_date_start: '2026-01-01', data_date_end: '2026-02-01' }, new Date());
    const { type, window, scope } = query;
    const run = { key: randomUUID(), sourceKindId: 'board', queryType: type, summary: {}, window, scope, incremental: false, quarantineThreshold: 0, startedAt: '2026-03-01T00:00:00Z' };
    ledger = await database.openRun(run, 1);
  });

  afterEach(() => database.close());

  afterAll(() => postgres?.stop());

  async function attempt(stage: string, more: Partial<StageOptions> = {}): Promise<void> {
    const session = await source.source.open(query, AbortSignal.timeout(60_000));
    await runStage({
      source: source.source,
      session,
      query,
      stage,
      ledger,
      identities: database.identities,
      lanes: LANES,
      retryMs: 1,
      startedAt: 0,
      after: undefined,
      idle: 0,
      patience: 36,
      isLast: false,
      silenceMs: 60_000,
      heartbeatTimeoutMs: 60_000,
      signal: AbortSignal.timeout(60_000),
      heartbeat: (details) => beats.push(details),
      scrub: (text) => text,
      metrics: stageMetrics(meter as never, 'board', stage),
      ...more,
    });
  }

  /** Lists a board of so many items with two events each. */
  async function listed(items: number): Promise<void> {
    source.fill('red', items, 2);
    const session = await source.source.open(query, AbortSignal.timeout(60_000));
    await ledger.add(session.roots());
    await attempt('list');
  }

  async function reports(): Promise<SubjectReport[]> {
    const lines: SubjectReport[] = [];
    for await (const line of ledger.report()) lines.push(line);
    return lines;
  }

  const attemptsNoted = async (): Promise<number> => {
    const units = await ledger.pending('visit', 1_000);
    return units.reduce((sum, { attempts }) => sum + attempts, 0);
  };

  it('gives up while the source fails for all, as often as it does, and blames no unit for it', async () => {
    await listed(10);
    source.before = () => {
      throw BOARD_DOWN();
    };
    for (let time = 0; time < 8; time++) {
      const before = source.asked;
      await expect(attempt('visit')).rejects.toMatchObject({ code: 'BOARD_DOWN' });
      expect(source.asked - before).toBeLessThanOrEqual(2 * LANES);
      expect(await attemptsNoted()).toBe(0);
    }
    source.before = () => undefined;
    await attempt('visit');
    expect(await ledger.totals()).toMatchObject({ units: { done: 11, failed: 0 }, events: { inserted: 20 } });
  }, 60_000);

  it.each([
    ['the source was waited for long enough', { idle: 4, patience: 5 }],
    ['no other attempt comes', { isLast: true }],
  ])('ends what fails with its own error when %s, and reads the rest', async (_, last) => {
    await listed(10);
    source.before = async ({ unit }) => {
      if (unit < 'item:red-00005') return;
      await waitFor('those that can be read', async () => (await ledger.progress('visit')).done >= 4);
      throw BOARD_DOWN();
    };
    await expect(attempt('visit')).rejects.toMatchObject({ code: 'BOARD_DOWN' });
    expect(beats.at(-1)?.idle).toBeUndefined();
    await expect(attempt('visit', { idle: 3, patience: 5 })).rejects.toMatchObject({ code: 'BOARD_DOWN' });
    expect(beats.at(-1)?.idle).toBe(4);
    await attempt('visit', last);
    expect(await ledger.totals()).toMatchObject({ units: { done: 5, failed: 6 }, subjects: { failed: 1 }, events: { inserted: 8 } });
    expect(await ledger.progress('visit')).toMatchObject({ done: 10, total: 10 });
    expect((await reports())[0]?.problems).toMatchObject([{ unit: 'item:red-00005', code: 'BOARD_DOWN' }]);
  }, 60_000);

  it('blames no more units than it tried when the source comes back at the last moment', async () => {
    await listed(12);
    let failing = 0;
    source.before = () => {
      if (failing++ < 2 * LANES) throw BOARD_DOWN();
    };
    await attempt('visit', { idle: 4, patience: 5 });
    const { units } = await ledger.totals();
    expect(units.done + units.failed).toBe(13);
    expect(units.failed).toBeGreaterThan(0);
    expect(units.failed).toBeLessThanOrEqual(LANES + 1);
  }, 60_000);

  it('gives up the rest untried when very many have failed in a row', async () => {
    await listed(100);
    source.before = () => {
      throw BOARD_DOWN();
    };
    await attempt('visit', { idle: 4, patience: 5 });
    expect(source.asked - 50).toBeLessThanOrEqual(12 * LANES);
    expect(await ledger.totals()).toMatchObject({ units: { done: 1, failed: 100 } });
    expect(await ledger.progress('visit')).toMatchObject({ done: 100, total: 100 });
    const codes = (await reports())[0]?.problems.map(({ code }) => code);
    expect(codes).toEqual(['BOARD_DOWN', 'ETL_UNIT_GIVEN_UP']);
  }, 60_000);

  it('beats while the source is slow', async () => {
    await listed(1);
    let answer = (): void => undefined;
    source.before = () => new Promise<void>((resolve) => (answer = resolve));
    beats.length = 0;
    const reading = attempt('visit', { heartbeatTimeoutMs: 100 });
    await waitFor('several heartbeats', () => beats.length > 5);
    answer();
    await reading;
    const { length } = beats;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(beats).toHaveLength(length);
  }, 60_000);

  it('tries a unit again of which nothing is heard for too long, but not one whose source says that it is at work', async () => {
    await listed(2);
    let silent = 0;
    source.before = async ({ unit, context }) => {
      if (unit === 'item:red-00001' && silent++ === 0) return new Promise(() => undefined);
      for (let time = 0; time < 6; time++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        context.heartbeat();
      }
    };
    const before = source.asked;
    await attempt('visit', { silenceMs: 400 });
    expect(source.asked - before).toBe(3);
    expect(await ledger.totals()).toMatchObject({ units: { done: 3, failed: 0 } });
  }, 60_000);

  it('says of a unit of which nothing is ever heard what became of it', async () => {
    await listed(1);
    source.before = () => new Promise(() => undefined);
    await attempt('visit', { silenceMs: 20 });
    expect((await reports())[0]?.problems).toMatchObject([{ unit: 'item:red-00001', code: 'ETL_SOURCE_SILENT' }]);
  }, 60_000);

  it('goes on with other units after units that fail side by side, where the attempt before had stopped', async () => {
    await listed(12);
    source.before = ({ unit }) => {
      if (/red-0000[1-4]$/.test(unit)) throw BOARD_DOWN();
      // Whether others get through before four have failed in a row is chance; here they don't.
      if (first) return new Promise(() => undefined);
    };
    let first = true;
    await expect(attempt('visit')).rejects.toMatchObject({ code: 'BOARD_DOWN' });
    first = false;
    expect(beats.at(-1)?.after).toBe('item:red-00004');
    await expect(attempt('visit', { after: beats.at(-1)?.after })).rejects.toMatchObject({ code: 'BOARD_DOWN' });
    // All that work but those in flight when the four fail again.
    expect((await ledger.progress('visit')).done).toBeGreaterThanOrEqual(8 - (LANES - 1));
  }, 60_000);

  it('gives a single unit six tries with growing waits, also when nothing else is left to read', async () => {
    await listed(3);
    source.before = ({ unit }) => {
      if (unit === 'item:red-00003') throw BOARD_DOWN();
    };
    const before = source.asked;
    await attempt('visit', { retryMs: 2 });
    expect(source.asked - before).toBe(2 + 6);
    expect(await ledger.totals()).toMatchObject({ units: { done: 3, failed: 1 } });
    expect(meter.counts.get('unit_retries board visit')).toBe(5);
    expect(meter.counts.get('units board visit failed')).toBe(1);
  }, 60_000);

  it('waits as long as an error asks', async () => {
    await listed(1);
    let first: number | undefined;
    source.before = () => {
      if (first !== undefined) return;
      first = performance.now();
      throw BOARD_DOWN({ retryAfterMs: 400 });
    };
    await attempt('visit');
    expect(performance.now() - (first ?? 0)).toBeGreaterThanOrEqual(399);
  }, 60_000);

  it('refuses units that no stage would read, and pages that lead nowhere', async () => {
    await listed(2);
    const session = await source.source.open(query, AbortSignal.timeout(60_000));
    const lost = { key: 'x', stage: 'list', kind: 'list', payload: {}, subjects: ['red'] };
    await attempt('visit', {
      session: {
        ...session,
        pages: async function* ({ key }) {
          if (key === 'item:red-00001') yield { records: [], discovered: [lost], cursor: undefined };
          else yield { records: [], cursor: 7 };
        },
      },
    });
    expect((await reports())[0]?.problems.map(({ code }) => code).sort()).toEqual(['ETL_STAGE_UNKNOWN', 'ETL_UNIT_UNFINISHED']);
  }, 60_000);

  it('beats while it reads and while it waits, with its progress', async () => {
    await listed(4);
    source.before = async ({ unit, context }) => {
      if (unit === 'item:red-00002') throw BOARD_PRIVATE({ outcome: 'private' });
      await new Promise((resolve) => setTimeout(resolve, 600));
      context.heartbeat();
    };
    beats.length = 0;
    await attempt('visit', { lanes: 1 });
    expect(beats.length).toBeGreaterThanOrEqual(3);
    expect(beats[0]).toEqual({ stage: 'visit', done: 0, total: 4, events: { inserted: 0, updated: 0, unchanged: 0 } });
    expect(beats.at(-1)).toMatchObject({ stage: 'visit', events: { inserted: 4 } });
  }, 60_000);

  it('counts events, pages and units for the metrics', async () => {
    await listed(3);
    await attempt('visit');
    expect(Object.fromEntries(meter.counts)).toMatchObject({
      'events board inserted': 6,
      'events_by_type board item.created': 3,
      'events_by_type board item.changed': 3,
      'pages board visit': 3,
      'pages board list': 2,
      'units board visit done': 3,
    });
  }, 60_000);
});
