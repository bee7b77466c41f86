import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { connectClient, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import { createDatabase, startBuiltApp, startTestStack, type BuiltApp, type TestStack } from '@tributary/testing/stack';
import { ETL_FLOW, LAUNCHPAD_QUERY, LAUNCHPAD_QUEUE, type EtlFlowResult, type LaunchpadQueryArgs } from '@tributary/workflow-contracts/etl';
import { Client } from 'pg';
import type { Deed } from './change-world.js';
import { IN_FLIGHT } from './conditions.js';

const SCHEMA = 'tributary';

export interface FlowFigures {
  /** From the call that starts the workflow to its result. */
  readonly millis: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly units: number;
  readonly activities: number;
  readonly historyEvents: number;
  readonly phaseMillis: EtlFlowResult['phaseMillis'];
}

/** The worker as it is deployed, with a real Temporal server, PostgreSQL and sidecar, each new. */
export class FlowBed {
  private constructor(
    private readonly stack: TestStack,
    private readonly client: ConnectedClient,
    private readonly worker: BuiltApp,
    private readonly databaseUrl: string,
    private readonly identityKey: string,
  ) {}

  static async start(serviceRoot: string): Promise<FlowBed> {
    const identityKey = randomBytes(32).toString('hex');
    const stack = await startTestStack({ appId: 'launchpad-worker', secrets: { identity: { key: identityKey } } });
    try {
      const databaseUrl = await createDatabase(stack, 'events');
      const events = new URL(databaseUrl);
      events.password = '';
      const environment = {
        ...stack.environment,
        TRIBUTARY_EVENTS_URL: events.href,
        TRIBUTARY_EVENTS_PASSWORD: 'secret://local/postgres#password',
        TRIBUTARY_EVENTS_SCHEMA: SCHEMA,
        TRIBUTARY_IDENTITY_KEY: 'secret://local/identity#key',
        LAUNCHPAD_SERVICE_ROOT: serviceRoot,
        LAUNCHPAD_MAX_REQUESTS: String(IN_FLIGHT),
      };
      const client = await connectClient(temporalSettings(stack.environment));
      const worker = await startBuiltApp('launchpad-worker', {
        environment,
        portVariable: 'TRIBUTARY_HEALTH_PORT',
        logFile: join(stack.folder, 'worker.log'),
      });
      return new FlowBed(stack, client, worker, databaseUrl, identityKey);
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  get folder(): string {
    return this.stack.folder;
  }

  get workerPid(): number {
    return this.worker.pid;
  }

  async run(args: LaunchpadQueryArgs): Promise<FlowFigures> {
    const started = performance.now();
    const handle = await this.client.workflow.start(ETL_FLOW, {
      taskQueue: LAUNCHPAD_QUEUE,
      workflowId: randomUUID(),
      args: [{ type: LAUNCHPAD_QUERY, args }],
      // Of a worker that ended nothing else would tell.
      workflowExecutionTimeout: '15 minutes',
    });
    const { events, units, phaseMillis } = (await handle.result()) as EtlFlowResult;
    const millis = performance.now() - started;
    const history = (await handle.fetchHistory()).events ?? [];
    return {
      millis,
      ...events,
      units: Object.values(units).reduce((sum, count) => sum + count, 0),
      activities: history.filter(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled).length,
      historyEvents: history.length,
      phaseMillis,
    };
  }

  /** Empties the events table, and forgets what earlier runs left for later ones. */
  async clear(): Promise<void> {
    await this.#query(`TRUNCATE ${SCHEMA}.events, ${SCHEMA}.flow_marks, ${SCHEMA}.flow_memory`);
  }

  /** What differs between the events of people that came after a moment and what they did. */
  async differences(since: Date, deeds: readonly Deed[]): Promise<readonly string[]> {
    const rows = await this.#query<{ deed: string }>(
      `SELECT DISTINCT parent_id || ' ' || employee_id || ' ' || to_char(time_utc AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS deed
       FROM ${SCHEMA}.events WHERE employee_id IS NOT NULL AND time_utc >= '${since.toISOString()}'`,
    );
    const found = new Set(rows.map(({ deed }) => deed));
    const done = new Set(deeds.map((deed) => `${deed.item} ${this.#employee(deed.who)} ${withMicros(deed.when)}`));
    return [...found].filter((deed) => !done.has(deed)).concat([...done].filter((deed) => !found.has(deed)));
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.worker.stop();
    await this.stack.stop();
  }

  /** What stands for somebody who is in no directory. */
  #employee(name: string): string {
    return `h-${createHmac('sha256', this.identityKey).update(`launchpad:${name}`).digest('base64url').slice(0, 22)}`;
  }

  async #query<T extends object>(sql: string): Promise<T[]> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }
}

/** Python leaves a fraction of zero out. */
function withMicros(time: string): string {
  const [seconds = '', fraction = ''] = time.replace('+00:00', '').split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}`;
}
