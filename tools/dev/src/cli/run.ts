import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findDaprd } from '../binaries/index.js';
import { DEV_APP_UNKNOWN } from '../errors.js';
import { startDaprd } from '../servers/index.js';
import { apiCredentials, appEnvironment, readStackFile, STACK_APPS, stackLayout, workspaceRoot } from '../stack/index.js';

/** `main.ts run <app> <command> …`: a command of an app from source, beside a sidecar of its own, against the running stack. */
export async function run([name = '', ...command]: readonly string[]): Promise<number> {
  const app = STACK_APPS.find((known) => known.name === name);
  if (!app) throw DEV_APP_UNKNOWN({ name, known: STACK_APPS.map((known) => known.name) });
  const workspace = workspaceRoot();
  const layout = stackLayout(workspace);
  const stack = readStackFile(layout);
  const { path: binary } = await findDaprd();
  const sidecar = await startDaprd({
    appId: `${app.name}-command`,
    components: app.components(layout, stack),
    logFile: layout.log(`${app.name}-command-daprd`),
    binary,
  });
  try {
    const main = ['--conditions=@tributary/source', '--import', 'tsx', join('apps', app.name, 'src', 'main.ts')];
    const env = appEnvironment(app, process.env, sidecar, layout, { api: 0, worker: 0, launchpad: 0, hierarchy: 0 }, stack, apiCredentials(layout));
    const child = spawn(process.execPath, [...main, ...command], { cwd: workspace, env, stdio: 'inherit' });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await sidecar.stop();
  }
}
