import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { docker } from '../docker/engine.js';

const workspaceRoot = join(__dirname, '..', '..', '..', '..');
const KEY = `trib_${'test'.repeat(10)}abc`;
const HASH_OF_KEY = async (): Promise<string> => (await import('node:crypto')).createHash('sha256').update(KEY).digest('hex');

/** A port of this machine that is free now. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

describe('the system that compose brings up', () => {
  let env: NodeJS.ProcessEnv;
  const compose = (...args: readonly string[]): Promise<string> => docker(['compose', '--project-directory', workspaceRoot, '-p', 'tributary-test', ...args], { env });
  const call = async (path: string, options: RequestInit = {}): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`http://127.0.0.1:${env['API_PORT'] ?? ''}${path}`, {
      ...options,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  beforeAll(async () => {
    env = {
      ...process.env,
      API_PORT: await freePort(),
      TEMPORAL_PORT: await freePort(),
      TEMPORAL_UI_PORT: await freePort(),
      TRIBUTARY_API_KEY: KEY,
      TRIBUTARY_API_KEYS: `tester:admin:${await HASH_OF_KEY()}`,
    };
    await compose('up', '-d', '--no-build', '--wait');
  });
  afterAll(() => compose('--profile', 'samples', 'down', '-v', '--timeout', '40'));

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
    const until = Date.now() + 60_000;
    let run = await call(path);
    while (run.body['status'] === 'running' && Date.now() < until) run = await call(path);
    expect(run.body).toMatchObject({ status: 'completed', result: { events: { inserted: 100 } } });
  });

  it('ends every app by itself when it is told to', async () => {
    await compose('stop', '--timeout', '40');
    const apps = ['sql-metadata-worker', 'launchpad-worker', 'stateful-hierarchy-worker', 'starter-api'].flatMap((app) => [app, `${app}-sidecar`]);
    const ids = (await compose('ps', '-aq', ...apps)).split('\n');
    const codes = await Promise.all(ids.map((id) => docker(['inspect', '--format', '{{.State.ExitCode}}', id], { env })));
    expect(codes).toEqual(apps.map(() => '0'));
  });
});
