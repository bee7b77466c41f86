import { APPS } from '../apps.js';
import { docker } from '../docker/engine.js';
import { API_KEY, startApp, startWorld, worldImages, type StartedApp, type World } from '../world/index.js';

const { env } = process;
const TAG = env['TRIBUTARY_TAG'] || 'local';
/** Nothing is under way, so an app need not use up its grace. */
const SOON_MS = 15_000;

let world: World;
beforeAll(async () => {
  world = await startWorld(worldImages(env));
});
afterAll(() => world?.stop());

describe.each(APPS)('%s in a container of its own', (app) => {
  let started: StartedApp;
  beforeAll(async () => {
    started = await startApp(world, app, { image: `tributary/${app}:${TAG}` });
  });
  afterAll(() => started?.stop());

  it('becomes healthy by its own check, with Temporal, a sidecar and nowhere to write', async () => {
    const health = await docker(['inspect', '--format', '{{.State.Health.Status}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}', started.id], { env });
    expect(health).toBe('healthy true [ALL]');
    expect((await fetch(`${started.url}/readyz`)).status).toBe(200);
  });

  it('runs as nobody in particular, and has metrics to show', async () => {
    const users = (await docker(['top', started.id, '-eo', 'pid,uid,gid'], { env })).split('\n').slice(1);
    expect(users.map((line) => line.trim().split(/\s+/).slice(1))).toEqual(users.map(() => ['10001', '10001']));
    const metrics = await fetch(`${started.url}/metrics`, { headers: { 'x-api-key': API_KEY } });
    expect(await metrics.text()).toContain('process_resident_memory_bytes');
  });

  it('ends by itself when it is told to', async () => {
    const told = Date.now();
    await docker(['stop', '--time', '40', started.id], { env });
    expect(Date.now() - told).toBeLessThan(SOON_MS);
    expect(await docker(['inspect', '--format', '{{.State.ExitCode}} {{.State.OOMKilled}}', started.id], { env })).toBe('0 false');
  });
});
