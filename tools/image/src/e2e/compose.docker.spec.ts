import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { freePorts } from '@tributary/dev/servers';
import { APPS, TEST_SYSTEM } from '../apps.js';
import { docker } from '../docker/engine.js';

const workspaceRoot = join(__dirname, '..', '..', '..', '..');
const KEY = `trib_${'test'.repeat(10)}abc`;

describe('the system that compose brings up', () => {
  let env: NodeJS.ProcessEnv;
  const compose = (...args: readonly string[]): Promise<string> => docker(['compose', '--project-directory', workspaceRoot, '-p', TEST_SYSTEM, ...args], { env });
  /** Runs one of the samples, and gives what it prints. */
  const sample = (name: string): Promise<string> => compose('run', '--rm', '-T', name);
  const json = <T>(output: string): T => JSON.parse(output.slice(output.indexOf('{'))) as T;

  beforeAll(async () => {
    const [api, temporal, temporalUi] = await freePorts(3);
    env = {
      ...process.env,
      API_PORT: String(api),
      TEMPORAL_PORT: String(temporal),
      TEMPORAL_UI_PORT: String(temporalUi),
      OBJECT_STORE_SECRET_KEY: 'known to this test alone',
      TRIBUTARY_API_KEY: KEY,
      TRIBUTARY_API_KEYS: `tester:admin:${createHash('sha256').update(KEY).digest('hex')}`,
    };
    await compose('build', 'sample-launchpad');
    await compose('--profile', 'samples', 'up', '-d', '--no-build', '--wait');
  }, 600_000);
  afterAll(async () => {
    await compose('--profile', 'samples', '--profile', 'samples-run', 'down', '-v', '--timeout', '40');
  });

  it('serves the dashboard, the documentation and the UI of Temporal', async () => {
    for (const [port, path] of [[env['API_PORT'], '/'], [env['API_PORT'], '/docs/'], [env['TEMPORAL_UI_PORT'], '/']]) {
      expect((await fetch(`http://127.0.0.1:${port ?? ''}${path ?? ''}`)).status).toBe(200);
    }
  });

  it('extracts the sample, into the object store that the API reads', async () => {
    const run = json<{ links: { artifacts: string } }>(await sample('extract-sample'));
    expect(run).toMatchObject({ status: 'completed', result: { quarantined: 0, entities: { Table: 4, View: 1, ForeignKey: 2 } } });
    const response = await fetch(`http://127.0.0.1:${env['API_PORT'] ?? ''}${run.links.artifacts}`, { headers: { authorization: `Bearer ${KEY}` } });
    const { artifacts } = (await response.json()) as { artifacts: { key: string }[] };
    expect(artifacts.map(({ key }) => key)).toContainEqual(expect.stringMatching(/\/entities\/sample\/Table\/part-/));
  });

  it('loads what a team did on Launchpad into PostgreSQL, once', async () => {
    interface Loaded {
      readonly result: { readonly events: { readonly inserted: number } };
      readonly table: { readonly total: number; readonly weeks: Readonly<Record<string, number>> };
    }
    const first = json<Loaded>(await sample('launchpad-sample'));
    const { inserted } = first.result.events;
    expect(first).toMatchObject({ status: 'completed', result: { quarantined: 0, subjects: { failed: 0 } }, table: { total: inserted } });
    expect(Object.values(first.table.weeks).reduce((sum, count) => sum + count, 0)).toBe(inserted);
    expect(Object.keys(first.table.weeks).length).toBeGreaterThan(40);
    const second = json<Loaded>(await sample('launchpad-sample'));
    expect(second).toMatchObject({ status: 'completed', result: { events: { inserted: 0, updated: 0, unchanged: inserted } }, table: first.table });
  });

  it('keeps a tree of live entities', async () => {
    const output = await sample('hierarchy-sample');
    expect(output).toContain('sales.orders is stale, and so is the organization');
    const wellWithTen = { health: 'ok', datasets: { ok: 10 } };
    expect(json(output)).toMatchObject({ id: 'acme', health: 'ok', sources: [wellWithTen, wellWithTen] });
  });

  it('ends every app by itself when it is told to', async () => {
    await compose('stop', '--timeout', '40');
    const services = APPS.flatMap((app) => [app, `${app}-sidecar`]);
    const ids = (await compose('ps', '-aq', ...services)).split('\n');
    const codes = await Promise.all(ids.map((id) => docker(['inspect', '--format', '{{.State.ExitCode}}', id], { env })));
    expect(codes).toEqual(services.map(() => '0'));
  });
});
