import { build } from 'esbuild';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '@tributary/dev/servers';
import { docker } from '../docker/engine.js';

const workspaceRoot = join(__dirname, '..', '..', '..', '..');
const KEY = `trib_${'test'.repeat(10)}abc`;
const HASH_OF_KEY = async (): Promise<string> => (await import('node:crypto')).createHash('sha256').update(KEY).digest('hex');

/** Where the hierarchy worker finds the catalog: in its own network. */
const CATALOG = 'http://127.0.0.1:9480';
const CATALOG_TOKEN = 'token-of-the-catalog-in-this-test';

/** @throws Error when it does not hold within a minute */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`It does not hold: ${holds.toString()}`);
    await delay(250);
  }
}

describe('the system that compose brings up', () => {
  let env: NodeJS.ProcessEnv;
  const compose = (...args: readonly string[]): Promise<string> => docker(['compose', '--project-directory', workspaceRoot, '-p', 'tributary-test', ...args], { env });
  let scratch: string;
  let catalog: string | undefined;

  /** Runs a small data catalog beside the hierarchy worker. */
  const startCatalog = async (): Promise<void> => {
    const entry = join(workspaceRoot, 'libs/testing/src/catalog-api/main.ts');
    await build({ entryPoints: [entry], outfile: join(scratch, 'catalog.js'), bundle: true, platform: 'node', conditions: ['@tributary/source'], logLevel: 'error' });
    writeFileSync(join(scratch, 'tokens.json'), JSON.stringify([CATALOG_TOKEN]), { mode: 0o644 });
    const network = `container:${await compose('ps', '-q', 'stateful-hierarchy-worker-sidecar')}`;
    const args = ['--entrypoint', 'node', 'tributary/starter-api:local', '/catalog/catalog.js', '--port', '9480', '--tokens', '/catalog/tokens.json'];
    catalog = await docker(['run', '-d', '-i', '--network', network, '-v', `${scratch}:/catalog:ro`, ...args], { env });
  };
  const call = async (path: string, options: RequestInit = {}): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`http://127.0.0.1:${env['API_PORT'] ?? ''}${path}`, {
      ...options,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'tributary-compose-'));
    chmodSync(scratch, 0o755);
    const [api, temporal, temporalUi] = await freePorts(3);
    env = {
      ...process.env,
      API_PORT: String(api),
      TEMPORAL_PORT: String(temporal),
      TEMPORAL_UI_PORT: String(temporalUi),
      TRIBUTARY_ALLOWED_HOSTS: new URL(CATALOG).host,
      HIERARCHY_API_TOKEN: CATALOG_TOKEN,
      TRIBUTARY_API_KEY: KEY,
      TRIBUTARY_API_KEYS: `tester:admin:${await HASH_OF_KEY()}`,
    };
    await compose('up', '-d', '--no-build', '--wait');
  });
  afterAll(async () => {
    if (catalog !== undefined) await docker(['rm', '-f', catalog], { env });
    await compose('--profile', 'samples', 'down', '-v', '--timeout', '40');
    rmSync(scratch, { recursive: true });
  });

  it('serves the dashboard, the documentation and the UI of Temporal', async () => {
    for (const [port, path] of [[env['API_PORT'], '/'], [env['API_PORT'], '/docs/'], [env['TEMPORAL_UI_PORT'], '/']]) {
      expect((await fetch(`http://127.0.0.1:${port ?? ''}${path ?? ''}`)).status).toBe(200);
    }
  });

  it('extracts the sample', async () => {
    const output = await compose('run', '--rm', '-T', 'extract-sample');
    const run = JSON.parse(output.slice(output.indexOf('{'))) as { status: string; result: { entities: Record<string, number>; quarantined: number } };
    expect(run).toMatchObject({ status: 'completed', result: { quarantined: 0, entities: { Table: 4, View: 1, ForeignKey: 2 } } });
  });

  it('loads events through a flow', async () => {
    const query = { application_name: 'x', service_root: 'production', version: 'devel', member: 'someone', data_date_start: '2023-01-01', data_date_end: '2023-03-31' };
    const { status, body } = await call('/v1/runs/mock-flow', { method: 'POST', body: JSON.stringify({ type: 'LaunchpadQuery', args: query }) });
    expect(status).toBe(202);
    const path = `/v1/runs/${encodeURIComponent(String(body['workflowId']))}`;
    await eventually(async () => (await call(path)).body['status'] !== 'running');
    expect((await call(path)).body).toMatchObject({ status: 'completed', result: { events: { inserted: 100 } } });
  });

  it('keeps a tree of live entities', async () => {
    await startCatalog();
    const order = { entity: { id: 'acme', name: 'Acme' }, apiToken: 'secret://secrets/hierarchy-credentials#default', apiUrl: CATALOG };
    const { status, body } = await call('/v1/entities/organization', { method: 'POST', body: JSON.stringify(order) });
    expect({ status, body }).toMatchObject({ status: 201 });
    const added = await call('/v1/entities/organization/acme/actions/addSource', { method: 'POST', body: JSON.stringify({ id: 'sales', name: 'Sales', kind: 'catalog' }) });
    expect(added.status).toBe(200);
    // Each dataset of the source is an entity that has been loaded from the catalog with the token.
    await eventually(async () => {
      const { progress } = (await call('/v1/entities/source/sales')).body as { progress?: { phase: string; children: { running: number } } };
      return progress?.phase === 'live' && progress.children.running === 10;
    });
  });

  it('ends every app by itself when it is told to', async () => {
    await compose('stop', '--timeout', '40');
    const apps = ['sql-metadata-worker', 'launchpad-worker', 'stateful-hierarchy-worker', 'starter-api'].flatMap((app) => [app, `${app}-sidecar`]);
    const ids = (await compose('ps', '-aq', ...apps)).split('\n');
    const codes = await Promise.all(ids.map((id) => docker(['inspect', '--format', '{{.State.ExitCode}}', id], { env })));
    expect(codes).toEqual(apps.map(() => '0'));
  });
});
