import { ApiClient } from '../run/index.js';
import { apiKey, APP_PORTS, dashboardLink, rememberedPorts, startApp, STARTER_API } from '../stack/index.js';
import type { StackFile } from '../stack/index.js';
import { table } from '../terminal/index.js';
import type { Screen, Steps } from '../terminal/index.js';
import type { Job } from './job.js';
import type { StackContext } from './with-stack.js';

export interface ServedApps {
  /** Of no use where the API is not among the apps. */
  readonly api: ApiClient;
  printAddresses(screen: Screen): void;
}

export interface ServeAppsOptions extends StackContext {
  readonly apps: Job['apps'];
  readonly stack: StackFile;
  readonly steps: Steps;
  /** Path of the sidecar's program. */
  readonly daprd: string;
}

/** Starts built apps and waits until all are ready. */
export async function serveApps({ apps, steps, stack, ...options }: ServeAppsOptions): Promise<ServedApps> {
  const { layout } = options;
  const ports = await rememberedPorts(layout.ports, APP_PORTS);
  const urls = await Promise.all(
    apps.map(async ({ app, title }) => [app, await steps.run(title, () => startApp({ app, ports, stack, ...options }))] as const),
  );
  const url = urls.find(([app]) => app === STARTER_API)?.[1];
  return {
    api: new ApiClient(url ?? '', apiKey(layout), layout.log(STARTER_API.name)),
    printAddresses: (screen) => {
      screen.print();
      for (const line of table([
        ...(url === undefined ? [] : [['Dashboard', dashboardLink(url, layout)], ['API', url], ['API key', apiKey(layout)], ['Documentation', `${url}/docs`]]),
        ['Temporal UI', stack.temporal.uiUrl],
        ['Input', layout.input],
        ['Logs', layout.log('*')],
      ])) {
        screen.print(line);
      }
      screen.print('\nServing. Ctrl-C ends it.');
    },
  };
}
