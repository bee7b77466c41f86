import { pathToFileURL } from 'node:url';
import { apiEnvironment } from './api-access.js';
import type { ApiCredentials } from './api-access.js';
import { eventBus, secretStore, stateStore, untilTaken } from './components.js';
import type { DaprComponent } from './components.js';
import type { StackLayout } from './layout.js';
import type { AppPorts } from './remembered-ports.js';
import type { StackFile } from './stack-file.js';

/** What differs between the apps of the local stack. */
export interface StackApp {
  readonly name: string;
  /** Whether it runs workflows, and so needs their bundle. */
  readonly worker: boolean;
  /** Components of its sidecar: its own, and no others. */
  components(layout: StackLayout, stack: StackFile): DaprComponent[];
  /** Whether its sidecar delivers events to it. */
  readonly takesEvents?: true;
  /** Environment beside that of every app. */
  environment(ports: AppPorts, stack: StackFile): Record<string, string>;
  /** Port of its HTTP server, with /readyz. */
  httpPort(ports: AppPorts): number;
}

export const SQL_METADATA_WORKER: StackApp = {
  name: 'sql-metadata-worker',
  worker: true,
  components: (layout, { stateUrl }) => [secretStore(layout.secretsFile), stateStore(stateUrl), eventBus()],
  environment: ({ worker }) => ({ TRIBUTARY_HEALTH_PORT: String(worker) }),
  httpPort: ({ worker }) => worker,
};

export const STARTER_API: StackApp = {
  name: 'starter-api',
  worker: false,
  components: (_layout, { stateUrl }) => [stateStore(stateUrl), eventBus(), untilTaken()],
  takesEvents: true,
  environment: ({ api }, { temporal }) => ({ TRIBUTARY_API_PORT: String(api), TRIBUTARY_TEMPORAL_UI_URL: temporal.uiUrl }),
  httpPort: ({ api }) => api,
};

export const LAUNCHPAD_WORKER: StackApp = {
  name: 'launchpad-worker',
  worker: true,
  components: (layout) => [secretStore(layout.secretsFile)],
  environment: ({ launchpad: port }, { eventsUrl, launchpad }) => ({
    TRIBUTARY_HEALTH_PORT: String(port),
    TRIBUTARY_EVENTS_URL: eventsUrl,
    TRIBUTARY_EVENTS_PASSWORD: 'secret://local/events#password',
    TRIBUTARY_IDENTITY_KEY: 'secret://local/identity#key',
    LAUNCHPAD_SERVICE_ROOT: launchpad.serviceRoot,
    ...(launchpad.signedInAs === undefined
      ? {}
      : { LAUNCHPAD_CREDENTIALS: 'secret://local/launchpad', LP_APP_ID: launchpad.signedInAs }),
  }),
  httpPort: ({ launchpad }) => launchpad,
};

export const HIERARCHY_WORKER: StackApp = {
  name: 'stateful-hierarchy-worker',
  worker: true,
  components: (layout) => [secretStore(layout.secretsFile), eventBus()],
  environment: ({ hierarchy }, { catalogUrl, launchpad }) => ({
    TRIBUTARY_HEALTH_PORT: String(hierarchy),
    TRIBUTARY_ALLOWED_HOSTS: [catalogUrl, launchpad.serviceRoot, 'https://api.launchpad.net']
      .flatMap((url) => (url !== undefined && URL.canParse(url) ? [new URL(url).host] : []))
      .join(','),
  }),
  httpPort: ({ hierarchy }) => hierarchy,
};

export const STACK_APPS: readonly StackApp[] = [SQL_METADATA_WORKER, LAUNCHPAD_WORKER, HIERARCHY_WORKER, STARTER_API];

/** Secrets are taken where the API is for this machine alone, as it is unless somebody says otherwise. */
function developmentSecrets({ developmentSecretsFile }: StackLayout, apiHost: string | undefined): Record<string, string> {
  return apiHost === undefined ? { TRIBUTARY_DEVELOPMENT_SECRETS_FILE: developmentSecretsFile } : {};
}

/** Variables of ours that are for these tools and for those who call the API, and none of an app's. */
const TOOL_VARIABLES = new Set(['TRIBUTARY_TEMPORAL_BIN', 'TRIBUTARY_DAPRD_BIN', 'TRIBUTARY_KUSTOMIZE_BIN', 'TRIBUTARY_VERSITYGW_BIN', 'TRIBUTARY_DOWNLOAD_MIRROR', 'TRIBUTARY_CHROMIUM', 'TRIBUTARY_API_KEY']);
/** Variables of the API alone: a worker refuses to start with one that it does not know. */
const OF_API = /^TRIBUTARY_(API_.*|OIDC_.*|EVENT_.*|DASHBOARD_DIR|DOCS_DIR)$/;
/** What an app gets of our own environment: nothing that could hold a password of the user's. */
const PASSED_ON = /^(PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|SystemRoot|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|OTEL_.*|LP_APP_ID|LAUNCHPAD_MAX_REQUESTS|TRIBUTARY_.*)$/;

/** Environment of an app in the local stack, from ours, its sidecar's ports and where the stack is. */
export function appEnvironment(
  app: StackApp,
  env: NodeJS.ProcessEnv,
  sidecar: { readonly grpcPort: number; readonly httpPort: number },
  layout: StackLayout,
  ports: AppPorts,
  stack: StackFile,
  credentials: ApiCredentials,
): Record<string, string> {
  const passedOn = Object.entries(env).filter((pair): pair is [string, string] => {
    const [name, value] = pair;
    return value !== undefined && PASSED_ON.test(name) && !TOOL_VARIABLES.has(name) && (app === STARTER_API || !OF_API.test(name));
  });
  return {
    ...Object.fromEntries(passedOn),
    NODE_ENV: env['NODE_ENV'] ?? 'development',
    TEMPORAL_ADDRESS: stack.temporal.address,
    TEMPORAL_NAMESPACE: stack.temporal.namespace,
    DAPR_GRPC_PORT: String(sidecar.grpcPort),
    DAPR_HTTP_PORT: String(sidecar.httpPort),
    TRIBUTARY_OBJECT_STORE_URL: pathToFileURL(layout.objects).href,
    ...(app === STARTER_API ? { ...apiEnvironment(credentials, env['TRIBUTARY_API_KEYS']), ...developmentSecrets(layout, env['TRIBUTARY_API_HOST']) } : {}),
    ...app.environment(ports, stack),
  };
}
