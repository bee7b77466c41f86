import { createHash } from 'node:crypto';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import type { AppName } from '../apps.js';
import { COMPONENTS, SECRETS, SECRETS_FILE } from './components.js';
import { READABLE, type World } from './world.js';

const READY_TIMEOUT_MS = 120_000;
/** As much of a grace as compose and Kubernetes give, in seconds. */
const STOP_GRACE_S = 40;

/** Key of role admin that the API of the world knows; workers ask for none. */
export const API_KEY = `trib_${'test'.repeat(10)}abc`;

const WORKER_PORT = 8081;
const API_PORT = 8000;

const COMMON = { TEMPORAL_ADDRESS: 'temporal:7233', TRIBUTARY_LOG_LEVEL: 'warn' };
const OBJECTS = { TRIBUTARY_OBJECT_STORE_URL: 'file:///var/lib/tributary' };

/** What each app is told. */
const ENVIRONMENTS: Readonly<Record<AppName, Readonly<Record<string, string>>>> = {
  'sql-metadata-worker': { ...COMMON, ...OBJECTS },
  'launchpad-worker': {
    ...COMMON,
    ...OBJECTS,
    TRIBUTARY_EVENTS_URL: 'postgres://tributary@database:5432/tributary_events?sslmode=disable',
    TRIBUTARY_EVENTS_PASSWORD: 'secret://secrets/launchpad-events#password',
    TRIBUTARY_IDENTITY_KEY: 'secret://secrets/launchpad-identity#key',
  },
  'stateful-hierarchy-worker': { ...COMMON, TRIBUTARY_ALLOWED_HOSTS: 'catalog.example.com' },
  'starter-api': { ...COMMON, ...OBJECTS, TRIBUTARY_API_KEYS: `tester:admin:${createHash('sha256').update(API_KEY).digest('hex')}` },
};

/** A container as compose and Kubernetes run it: nothing on its root file system can be written, and no right is left. */
class LockedContainer extends GenericContainer {
  constructor(image: string) {
    super(image);
    this.hostConfig.ReadonlyRootfs = true;
    this.hostConfig.CapDrop = ['ALL'];
    this.hostConfig.SecurityOpt = ['no-new-privileges:true'];
  }
}

/** An app beside its sidecar. */
export interface StartedApp {
  /** Of the app's own container. */
  readonly id: string;
  /** Base of its HTTP port, which the sidecar publishes: the app shares its network. */
  readonly url: string;
  /** Ends the app as a Pod is ended, then its sidecar. */
  stop(): Promise<void>;
}

export interface StartAppOptions {
  readonly image: string;
  /** Program and arguments in place of the image's. */
  readonly entrypoint?: readonly string[];
  /** Folder of this machine that it sees, read-only, as `/mounted`. */
  readonly folder?: string;
  /** Whether to wait until its own health check says that it is healthy. @default true */
  readonly waitForHealth?: boolean;
}

/** Where an app is to be started: its sidecar runs. */
export interface Place {
  /** Base of the HTTP port that the app will have. */
  readonly url: string;
  readonly start: (options: StartAppOptions) => Promise<StartedApp>;
}

/** Starts an app of the world beside a sidecar of its own. */
export async function startApp(world: World, app: AppName, options: StartAppOptions): Promise<StartedApp> {
  return (await startSidecarFor(world, app)).start(options);
}

/** Starts the sidecar alone, for those who watch from outside how its app starts. */
export async function startSidecarFor(world: World, app: AppName): Promise<Place> {
  const sidecar = await startSidecar(world, app);
  const url = `http://${sidecar.getHost()}:${String(sidecar.getMappedPort(portOf(app)))}`;
  const end = (): Promise<unknown> => sidecar.stop({ timeout: 0 });
  const start = async (options: StartAppOptions): Promise<StartedApp> => {
    try {
      const container = await startContainer(sidecar, app, options);
      const stop = async (): Promise<void> => {
        await container.stop({ timeout: STOP_GRACE_S * 1000 });
        await end();
      };
      return { id: container.getId(), url, stop };
    } catch (error) {
      await end();
      throw error;
    }
  };
  return { url, start };
}

const portOf = (app: AppName): number => (app === 'starter-api' ? API_PORT : WORKER_PORT);

function startSidecar(world: World, app: AppName): Promise<StartedTestContainer> {
  return new GenericContainer(world.images.dapr)
    .withEntrypoint(['/daprd'])
    .withCommand([`--app-id=${app}`, '--resources-path=/components', '--dapr-listen-addresses=127.0.0.1'])
    .withCopyContentToContainer([
      ...Object.entries(COMPONENTS).map(([name, content]) => ({ content, target: `/components/${name}.yaml`, mode: READABLE })),
      { content: JSON.stringify(SECRETS), target: SECRETS_FILE, mode: READABLE },
    ])
    .withNetwork(world.network)
    .withExposedPorts(portOf(app))
    .withWaitStrategy(Wait.forLogMessage(/dapr initialized/))
    .start();
}

function startContainer(sidecar: StartedTestContainer, app: AppName, { image, entrypoint, folder, waitForHealth = true }: StartAppOptions): Promise<StartedTestContainer> {
  const container = new LockedContainer(image)
    .withEnvironment(ENVIRONMENTS[app])
    .withNetworkMode(`container:${sidecar.getId()}`)
    .withTmpFs({ '/var/lib/tributary': 'rw,mode=1777' })
    .withBindMounts(folder === undefined ? [] : [{ source: folder, target: '/mounted', mode: 'ro' }])
    .withStartupTimeout(READY_TIMEOUT_MS)
    .withWaitStrategy(waitForHealth ? Wait.forHealthCheck() : Wait.forAll([]));
  return (entrypoint ? container.withEntrypoint([...entrypoint]) : container).start();
}
