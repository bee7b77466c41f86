import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { MemoryObjectStore } from '@tributary/clients/memory';
import { Secret } from '@tributary/common';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { openEventDatabase, type OpenEventDatabase } from '@tributary/etl/store';
import { startLaunchpad, type LaunchpadOptions, type LaunchpadServer } from '@tributary/testing/launchpad';
import { ETL_FLOW, LAUNCHPAD_QUERY, type EtlFlowResult, type SubjectReport } from '@tributary/workflow-contracts/etl';
import { Client } from 'pg';
import { createLaunchpadActivities } from '../activities/index.js';
import type { LaunchpadSourceOptions } from '../source/create-source.js';

/** A row of the events table. */
export interface EventRow {
  readonly id: string;
  readonly parent_id: string;
  readonly week: string;
  readonly employee_id: string | null;
  readonly type: string;
  readonly time_utc: string;
  readonly relation_properties: Readonly<Record<string, unknown>>;
}

export type FlowOutcome = Omit<EtlFlowResult, 'query' | 'window' | 'report' | 'phaseMillis'> & {
  readonly report: readonly SubjectReport[];
  readonly requests: number;
};

export interface FlowOptions {
  /** When the run starts: the end of its window unless it has another. @default now */
  readonly startedAt?: Date;
  readonly lanes?: number;
  readonly source?: Partial<LaunchpadSourceOptions>;
  readonly key?: string;
  /** Ends an activity after so many requests of it, again and again; the next attempt goes on. */
  readonly dieAfter?: number;
}

/** Flows on a look-alike Launchpad and a real PostgreSQL, in the order of EtlFlow, each activity in its own environment. */
export class FlowBed {
  #database: OpenEventDatabase | undefined;
  #schema = '';
  readonly objects = new MemoryObjectStore();

  private constructor(private readonly postgres: PostgresServer) {}

  launchpad!: LaunchpadServer;

  static async start(): Promise<FlowBed> {
    return new FlowBed(await startPostgres());
  }

  /** A Launchpad and an events table that nothing has happened to. */
  async reset(options: LaunchpadOptions): Promise<LaunchpadServer> {
    await this.#close();
    this.launchpad = await startLaunchpad(options);
    await this.emptyTable();
    return this.launchpad;
  }

  async emptyTable(): Promise<void> {
    await this.#database?.close();
    const { host, port, user, database, password } = this.postgres;
    this.#schema = `t${randomUUID().replaceAll('-', '')}`;
    this.#database = openEventDatabase({
      url: `postgres://${user}@${host}:${String(port)}/${database}`,
      password: new Secret(password),
      identityKey: new Secret('a key that only these tests have'),
      schema: this.#schema,
    });
    await this.#database.prepare({ migrate: true });
    await this.#database.identities.put([
      { sourceKindId: 'launchpad', name: 'alice', employeeId: 'E-alice' },
      { sourceKindId: 'launchpad', name: 'bob', employeeId: 'E-bob' },
    ]);
  }

  async stop(): Promise<void> {
    await this.#close();
    await this.postgres.stop();
  }

  async #close(): Promise<void> {
    await this.#database?.close();
    this.#database = undefined;
    await this.launchpad?.stop();
  }

  /** Runs a flow to its end. Errors of activities are thrown as they are. */
  async run(args: Readonly<Record<string, unknown>>, { startedAt = new Date(), lanes = 8, source = {}, key = randomUUID(), dieAfter = Infinity }: FlowOptions = {}): Promise<FlowOutcome> {
    const database = this.#database;
    if (database === undefined) throw new Error('The bed has no table');
    const before = this.launchpad.requests.entries.length;
    let alive: { readonly environment: MockActivityEnvironment; requests: number } | undefined;
    const onRequest = () => {
      if (alive !== undefined && ++alive.requests >= dieAfter) alive.environment.cancel();
    };
    const activities = createLaunchpadActivities({
      launchpad: { configuredServiceRoot: this.launchpad.url, applicationName: 'tributary', maxRequests: 8, onRequest, ...source },
      database,
      identities: database.identities,
      objects: this.objects,
      lanes,
      retryMs: 10,
    });
    const run = { flow: ETL_FLOW, key, startedAt: startedAt.getTime(), input: { type: LAUNCHPAD_QUERY, args } };
    const act = async <T>(activity: () => Promise<T>): Promise<T> => {
      for (;;) {
        const environment = new MockActivityEnvironment(attempt(), { logger: SILENT });
        alive = { environment, requests: 0 };
        try {
          return await environment.run(activity);
        } catch (error) {
          if (!environment.context.cancellationSignal.aborted) throw error;
        }
      }
    };
    const { stages } = await act(() => activities.planFlow(run));
    for (const stage of stages) await act(() => activities.runStage({ run, stage }));
    const { report, ...totals } = await act(() => activities.reportFlow(run));
    const lines = await this.#lines(report.uri);
    const failed = totals.subjects.failed + totals.units.failed + totals.quarantined > 0;
    await act(() => activities.closeFlow({ run, outcome: failed ? 'failed' : 'done' }));
    return { ...totals, report: lines, requests: this.launchpad.requests.entries.length - before };
  }

  async #lines(uri: string): Promise<SubjectReport[]> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.objects.get(uri)) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as SubjectReport)
      .filter((line) => 'subject' in line);
  }

  /** The table, in order of ids. */
  async events(where = 'true'): Promise<readonly EventRow[]> {
    const { rows } = await this.query<EventRow>(
      `SELECT id, parent_id, week::text, employee_id, type,
              to_char(time_utc AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time_utc, relation_properties
       FROM "${this.#schema}".events WHERE ${where} ORDER BY id COLLATE "C"`,
    );
    return rows;
  }

  /** Everything in the database of this table, as text. */
  async dump(): Promise<string> {
    const { rows } = await this.query<{ name: string }>(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${this.#schema}'`);
    const parts: string[] = [];
    for (const { name } of rows) {
      const all = await this.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM "${this.#schema}"."${name}" t`);
      parts.push(...all.rows.map(({ row }) => `${name} ${row}`));
    }
    return parts.join('\n');
  }

  private async query<T extends object>(text: string): Promise<{ rows: T[] }> {
    const client = new Client({ connectionString: this.postgres.url });
    await client.connect();
    try {
      return await client.query<T>(text);
    } finally {
      await client.end();
    }
  }
}

/** Later than every attempt before it, as the server's are. */
function attempt() {
  return { currentAttemptScheduledTimestampMs: Date.now() + ++attempts * 10 };
}

let attempts = 0;

const SILENT = new DefaultLogger('ERROR');

/** Ids and types, for comparisons that say what is missing. */
export function idsOf(rows: readonly EventRow[]): readonly string[] {
  return rows.map(({ id }) => id);
}
