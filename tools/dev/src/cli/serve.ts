import { existsSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { findDaprd } from '../binaries/index.js';
import { DEV_APP_UNKNOWN, DEV_CHILD_DIED } from '../errors.js';
import { describeExit, logTail } from '../process/index.js';
import { freePorts, startDaprd } from '../servers/index.js';
import type { DaprSidecar } from '../servers/index.js';
import { apiCredentials, appEnvironment, dashboardLink, readStackFile, STACK_APPS, stackLayout, STARTER_API, workspaceRoot } from '../stack/index.js';
import type { Screen } from '../terminal/index.js';
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
  const ports = { api: port, worker: port, launchpad: port, hierarchy: port };
  const watchers: FSWatcher[] = [];
  let sidecar: DaprSidecar | undefined;
  let runner: AppRunner | undefined;
  const credentials = apiCredentials(layout);
  try {
    sidecar = await startDaprd({
      appId: `${app.name}-serve`,
      components: app.components(layout, stack),
      ...(app.takesEvents ? { appPort: app.httpPort(ports) } : {}),
      logFile: layout.log(`${app.name}-serve-daprd`),
      binary,
      env: { APP_API_TOKEN: credentials.appToken },
    });
    const running = new AppRunner({
      app,
      workspace,
      env: appEnvironment(app, process.env, sidecar, layout, ports, stack, credentials),
      url: `http://127.0.0.1:${port}`,
      print: (text) => { screen.print(text); },
    });
    runner = running;
    if (app === STARTER_API) screen.print(`Dashboard: ${dashboardLink(`http://127.0.0.1:${port}`, layout)}`);
    watchers.push(...watchSources(workspace, app.name, () => { running.restart(); }));
    running.restart();
    return await Promise.race([interruption.happened, endOf(sidecar)]);
  } finally {
    for (const watcher of watchers) watcher.close();
    await runner?.stop();
    await sidecar?.stop();
    interruption.release();
  }
}

async function endOf({ exited, logFile }: DaprSidecar): Promise<never> {
  throw DEV_CHILD_DIED({ name: 'The sidecar', exit: describeExit(await exited), tail: logTail(logFile), logFile });
}

/** Watches the sources of the app and of all libs; tests and built files are of no account. */
function watchSources(workspace: string, app: string, onChange: () => void): FSWatcher[] {
  let timer: NodeJS.Timeout | undefined;
  const watched = [
    { folder: join(workspace, 'apps', app, 'src'), sources: /^/ },
    { folder: join(workspace, 'libs'), sources: /^[^/\\]+[/\\]src[/\\]/ },
  ].filter(({ folder }) => existsSync(folder));
  return watched.map(({ folder, sources }) =>
    watch(folder, { recursive: true }, (_event, file) => {
      if (file === null || !sources.test(file) || !/\.(ts|json)$/.test(file) || file.endsWith('.spec.ts')) return;
      clearTimeout(timer);
      timer = setTimeout(onChange, SETTLE_MS);
    }),
  );
}
