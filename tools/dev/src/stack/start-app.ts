import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ManagedProcess, runEnvironment } from '../process/index.js';
import { startDaprd } from '../servers/index.js';
import { apiCredentials } from './api-access.js';
import { appEnvironment } from './apps.js';
import type { StackApp } from './apps.js';
import type { StackLayout } from './layout.js';
import type { AppPorts } from './remembered-ports.js';
import type { StackFile } from './stack-file.js';
import type { Supervisor } from './supervisor.js';

const READY_TIMEOUT_MS = 60_000;
const PROBE_TIMEOUT_MS = 2_000;
/** A worker drains before it ends. */
const STOP_TIMEOUT_MS = 20_000;

export interface StartAppOptions {
  readonly app: StackApp;
  readonly layout: StackLayout;
  readonly ports: AppPorts;
  readonly stack: StackFile;
  readonly supervisor: Supervisor;
  readonly daprd: string;
}

/** Starts a built app beside a sidecar of its own, and waits until it is ready. Gives its base URL. */
export async function startApp({ app, layout, ports, stack, supervisor, daprd }: StartAppOptions): Promise<string> {
  const sidecarName = `daprd of ${app.name}`;
  const credentials = apiCredentials(layout);
  const sidecar = await supervisor.add(
    sidecarName,
    startDaprd({
      appId: app.name,
      components: app.components(layout, stack),
      ...(app.takesEvents ? { appPort: app.httpPort(ports) } : {}),
      logFile: layout.log(`${app.name}-daprd`),
      binary: daprd,
      env: { APP_API_TOKEN: credentials.appToken },
      ...(app.worker ? { watchedResources: developmentResources(layout) } : {}),
    }),
  );
  const child = await supervisor.add(
    app.name,
    ManagedProcess.start({
      name: app.name,
      command: process.execPath,
      args: [join(layout.workspace, 'apps', app.name, 'dist', 'main.js')],
      cwd: layout.workspace,
      env: { ...runEnvironment(layout.workspace, app.name), ...appEnvironment(app, process.env, sidecar, layout, ports, stack, credentials) },
      logFile: layout.log(app.name),
      stopTimeoutMs: STOP_TIMEOUT_MS,
    }),
  );
  const url = `http://127.0.0.1:${app.httpPort(ports)}`;
  await child.ready(() => isReady(url), READY_TIMEOUT_MS);
  return url;
}

/** Folder in which the API keeps development secrets and the document of their component. */
function developmentResources({ developmentSecretsFile }: StackLayout): string {
  const folder = dirname(developmentSecretsFile);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Whether the app at `url` says that it is ready. @throws Error with its reason when it is not */
export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  if (answer.ok) return true;
  throw new Error(`/readyz answers ${answer.status}: ${await answer.text()}`);
}
