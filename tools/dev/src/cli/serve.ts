import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Screen } from '../terminal/index.js';
import { DEV_APP_UNKNOWN } from '../errors.js';
import { findDaprd } from '../binaries/index.js';
import { freePorts, startDaprd } from '../servers/index.js';
import type { DaprSidecar } from '../servers/index.js';
import { appEnvironment, readStackFile, STACK_APPS, stackLayout, workspaceRoot } from '../stack/index.js';
import { AppRunner } from './app-runner.js';
import { Interruption } from './interruption.js';
import { refuseArguments } from './start-options.js';

/** Editors write a file in several steps. */
const SETTLE_MS = 200;

/** `nx serve <app>`: the app from source beside its own sidecar, against the running stack; restarts on change. */
export async function serve([name = '', ...rest]: readonly string[], screen: Screen): Promise<number> {
  refuseArguments(rest, 'nx serve <app>');
  const app = STACK_APPS.find((known) => known.name === name);
  if (!app) throw DEV_APP_UNKNOWN({ name, known: STACK_APPS.map((known) => known.name) });
  const workspace = workspaceRoot();
  const layout = stackLayout(workspace);
  const stack = readStackFile(layout);
  const { path: binary } = await findDaprd();
  const interruption = new Interruption(() => process.exit(130));
  const [port = 0] = await freePorts(1);
  const ports = { api: port, worker: port };
  const watchers: FSWatcher[] = [];
  let sidecar: DaprSidecar | undefined;
  let runner: AppRunner | undefined;
  try {
    sidecar = await startDaprd({
      appId: `${app.name}-serve`,
      components: app.components(layout, stack),
      logFile: layout.log(`${app.name}-serve-daprd`),
      binary,
    });
    runner = new AppRunner({
      app,
      workspace,
      env: appEnvironment(app, process.env, sidecar, layout, ports, stack),
      url: `http://127.0.0.1:${port}`,
      print: (text) => { screen.print(text); },
    });
    const { current } = { current: runner };
    watchers.push(...watchSources(workspace, app.name, () => { current.restart(); }));
    current.restart();
    return await Promise.race([interruption.happened, sidecarEnd(sidecar)]);
  } finally {
    for (const watcher of watchers) watcher.close();
    await runner?.stop();
    await sidecar?.stop();
    interruption.release();
  }
}

async function sidecarEnd({ exited, logFile }: DaprSidecar): Promise<never> {
  await exited;
  throw new Error(`The sidecar has ended: read ${logFile}`);
}

function watchSources(workspace: string, app: string, onChange: () => void): FSWatcher[] {
  let timer: NodeJS.Timeout | undefined;
  const changed = (_event: string, file: string | null): void => {
    if (file !== null && !/\.(ts|json)$/.test(file)) return;
    if (file?.endsWith('.spec.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLE_MS);
  };
  const folders = [join(workspace, 'apps', app, 'src'), join(workspace, 'libs')].filter(existsSync);
  return folders.map((folder) => watch(folder, { recursive: true }, (event, file) => {
    // Of libs the sources alone: builds write beside them.
    if (folder.endsWith('libs') && file !== null && !/^[^/\\]+[/\\]src[/\\]/.test(file)) return;
    changed(event, file);
  }));
}
