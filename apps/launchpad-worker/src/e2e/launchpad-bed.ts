import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { connectClient, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import type { PostgresServer } from '@tributary/dev/servers';
import { launchBuiltApp, startBuiltApp, startTestStack, type LaunchedApp, type TestStack } from '@tributary/testing/stack';
import { ETL_FLOW, LAUNCHPAD_QUERY, LAUNCHPAD_QUEUE } from '@tributary/workflow-contracts/etl';
import type { EtlFlowResult, LaunchpadQueryArgs, SubjectReport } from '@tributary/workflow-contracts/etl';
import { Client } from 'pg';

const ROLE = 'loader';

/** A row of the events table, without what says when it was loaded. */
export interface EventRow {
  readonly id: string;
  readonly parent_id: string;
  readonly week: string;
  readonly employee_id: string | null;
  readonly type: string;
  readonly time_utc: string;
  readonly relation_properties: Readonly<Record<string, unknown>>;
}

export interface BedOptions {
  /** Service root that the worker is configured with. */
  readonly serviceRoot: string;
  readonly credentials?: { readonly key: string; readonly secret: string };
  readonly databasePassword?: string;
  readonly identityKey?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** More of it, where the stack has to be known. */
  readonly environmentOn?: (stack: TestStack) => Promise<Readonly<Record<string, string>>>;
  /** Used in place of a PostgreSQL of the stack, and stopped by whoever started it. */
  readonly postgres?: PostgresServer;
}

/** The built Launchpad worker with everything around it: Temporal, PostgreSQL, a sidecar. */
export class LaunchpadBed {
  worker: LaunchedApp;

  private constructor(
    readonly stack: TestStack,
    readonly client: ConnectedClient,
    readonly environment: Readonly<Record<string, string>>,
    worker: LaunchedApp,
  ) {
    this.worker = worker;
  }

  static async start(options: BedOptions): Promise<LaunchpadBed> {
    const { credentials, databasePassword = randomBytes(12).toString('hex'), identityKey = randomBytes(32).toString('hex') } = options;
    const stack = await startTestStack({
      appId: 'launchpad-worker',
      ...(options.postgres && { postgres: options.postgres }),
      secrets: {
        events: { password: databasePassword },
        identity: { key: identityKey },
        ...(credentials ? { launchpad: { access_token: credentials.key, access_secret: credentials.secret } } : {}),
      },
    });
    try {
      await asSuperuser(stack, async (sql) => {
        await sql.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD ${sql.escapeLiteral(databasePassword)}`);
        await sql.query(`CREATE DATABASE events OWNER ${ROLE}`);
      });
      const environment = {
        ...stack.environment,
        TRIBUTARY_EVENTS_URL: `postgres://${ROLE}@${stack.postgres.host}:${String(stack.postgres.port)}/events`,
        TRIBUTARY_EVENTS_PASSWORD: 'secret://local/events#password',
        TRIBUTARY_IDENTITY_KEY: 'secret://local/identity#key',
        TRIBUTARY_FLOW_HEARTBEAT_TIMEOUT_MS: '3000',
        LAUNCHPAD_SERVICE_ROOT: options.serviceRoot,
        ...(credentials ? { LAUNCHPAD_CREDENTIALS: 'secret://local/launchpad' } : {}),
        ...options.environment,
        ...(await options.environmentOn?.(stack)),
      };
      const client = await connectClient(temporalSettings(stack.environment));
      return new LaunchpadBed(stack, client, environment, await startWorker(stack, environment));
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  /** Starts the worker anew, after it was killed or to be stopped. */
  async restart(): Promise<void> {
    await this.worker.stop();
    this.worker = await startWorker(this.stack, this.environment);
  }

  /** Another process of the worker, which need not become ready; end it yourself. */
  launch(name: string): Promise<LaunchedApp> {
    return launchBuiltApp('launchpad-worker', {
      environment: this.environment,
      portVariable: 'TRIBUTARY_HEALTH_PORT',
      logFile: join(this.stack.folder, `${name}.log`),
    });
  }

  /** Puts another token into the secret store. */
  replaceToken(token: { readonly key: string; readonly secret: string }): Promise<void> {
    return this.#replaceSecret('launchpad', { access_token: token.key, access_secret: token.secret });
  }

  /** Gives the loader's role another password: in the secret store, then in the database. */
  async changePassword(password: string): Promise<void> {
    await this.#replaceSecret('events', { password });
    await asSuperuser(this.stack, async (sql) => void (await sql.query(`ALTER ROLE ${ROLE} PASSWORD ${sql.escapeLiteral(password)}`)));
  }

  /** Changes the secret store, whose sidecar starts anew to see it. */
  async #replaceSecret(name: string, values: Readonly<Record<string, string>>): Promise<void> {
    const file = join(this.stack.folder, 'secrets.json');
    const secrets = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...secrets, [name]: values }));
    await this.stack.restartDaprd();
  }

  /** Starts a flow. */
  begin(args: Partial<LaunchpadQueryArgs>, workflowId: string = randomUUID()): Promise<WorkflowHandle> {
    return this.client.workflow.start(ETL_FLOW, { taskQueue: LAUNCHPAD_QUEUE, workflowId, args: [{ type: LAUNCHPAD_QUERY, args }] });
  }

  /** Runs a flow to its green end. */
  async run(args: Partial<LaunchpadQueryArgs>): Promise<EtlFlowResult> {
    return (await (await this.begin(args)).result()) as EtlFlowResult;
  }

  /** The events table, in order. */
  events(): Promise<EventRow[]> {
    return this.query<EventRow>(
      `SELECT id, parent_id, week::text, employee_id, type, time_utc::text, relation_properties FROM tributary.events ORDER BY id`,
    );
  }

  /** Empties the events table, and forgets what earlier runs left for later ones. */
  async clear(): Promise<void> {
    await this.query('TRUNCATE tributary.events, tributary.flow_marks, tributary.flow_memory');
  }

  async query<T extends object>(sql: string): Promise<T[]> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** The events database, as the superuser sees it. */
  get databaseUrl(): string {
    const url = new URL(this.stack.postgres.url);
    url.pathname = '/events';
    return url.href;
  }

  /** The report of a run, subject by subject. */
  async report({ report }: Pick<EtlFlowResult, 'report'>): Promise<SubjectReport[]> {
    const text = await readFile(join(this.stack.objects, report.uri), 'utf8');
    return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as SubjectReport);
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.worker.stop();
    await this.stack.stop();
  }
}

function startWorker(stack: TestStack, environment: Readonly<Record<string, string>>): Promise<LaunchedApp> {
  return startBuiltApp('launchpad-worker', { environment, portVariable: 'TRIBUTARY_HEALTH_PORT', logFile: join(stack.folder, 'worker.log') });
}

async function asSuperuser({ postgres }: TestStack, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
