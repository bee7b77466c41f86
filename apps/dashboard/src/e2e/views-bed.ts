import { join } from 'node:path';
import { execute } from '@tributary/testing/sql-sample';
import { startCatalogApi, type CatalogApi } from '@tributary/testing/catalog-api';
import { inputFor, startBuiltApp, waitFor } from '@tributary/testing/stack';
import { DashboardBed } from './dashboard-bed.js';

export const TOKEN = 'secret://local/postgres#password';

const MANY_TABLES = `CREATE SCHEMA bulk;
DO $$ BEGIN FOR n IN 1..1000 LOOP
  EXECUTE format('CREATE TABLE bulk.measurements_of_a_station_with_a_rather_long_name_%s (id bigint PRIMARY KEY, at timestamptz, value numeric(12, 4))', lpad(n::text, 4, '0'));
END LOOP; END $$`;
/** Of each of two sources. */
const DATASETS = 30;

/** A bed in which there is something to look at: a catalog with very many tables, events, and a tree of entities. */
export class ViewsBed {
  private constructor(
    readonly bed: DashboardBed,
    /** Hash of the catalog that was extracted. */
    readonly catalogHash: string,
    private readonly started: readonly { stop(): Promise<unknown> }[],
  ) {}

  static async start(): Promise<ViewsBed> {
    const bed = await DashboardBed.start();
    const started: { stop(): Promise<unknown> }[] = [bed];
    try {
      // The sidecar's store has one secret that the catalog can be told as its token.
      const catalog = await startCatalogApi({ world: { sources: 2, datasets: DATASETS }, tokens: [bed.stack.postgres.password] });
      started.push(catalog);
      const hierarchy = await startBuiltApp('stateful-hierarchy-worker', {
        environment: { ...bed.stack.environment, TRIBUTARY_ALLOWED_HOSTS: new URL(catalog.url).host },
        portVariable: 'TRIBUTARY_HEALTH_PORT',
        logFile: join(bed.stack.folder, 'hierarchy.log'),
      });
      started.push(hierarchy);
      await execute(bed.sample, MANY_TABLES);
      const [extraction] = await Promise.all([
        run(bed, 'extract-sql-metadata', inputFor(bed.stack, 'sample')),
        grow(bed, catalog),
        ...FLOWS.map((flow) => run(bed, 'mock-flow', flow)),
      ]);
      return new ViewsBed(bed, `#/catalog/${encodeURIComponent(extraction)}`, started);
    } catch (error) {
      await stop(started);
      throw error;
    }
  }

  stop(): Promise<void> {
    return stop(this.started);
  }
}

/** Events of several weeks: those of a flow of this kind lie in its first ones. */
const FLOWS = ['2023-01-01', '2023-02-06', '2023-02-20', '2023-04-03'].map((start) => ({
  type: 'LaunchpadQuery',
  args: { team: `team-of-${start}`, data_date_start: start, data_date_end: '2023-06-01' },
}));

/** Stops what was started last first. */
async function stop(started: readonly { stop(): Promise<unknown> }[]): Promise<void> {
  for (const part of [...started].reverse()) await part.stop();
}

async function run({ api }: DashboardBed, slug: string, input: object): Promise<string> {
  const { workflowId } = await send<{ workflowId: string }>(api, `/v1/runs/${slug}`, input);
  const path = `/v1/runs/${encodeURIComponent(workflowId)}`;
  await waitFor(`${slug} to complete`, async () => ((await (await api.fetch(path)).json()) as { status: string }).status === 'completed', 90_000);
  return workflowId;
}

async function grow({ api }: DashboardBed, { url, catalog }: CatalogApi): Promise<void> {
  await send(api, '/v1/entities/organization', { entity: { id: 'acme', name: 'Acme & Company' }, apiToken: TOKEN, apiUrl: url });
  for (const { id, name } of catalog.sources.values()) await send(api, '/v1/entities/organization/acme/actions/addSource', { id, name, kind: 'catalog' });
}

async function send<T>(api: DashboardBed['api'], path: string, body: object): Promise<T> {
  const answer = await api.fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
