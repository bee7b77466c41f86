import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { installSample } from '@tributary/testing/sql-sample';
import { apiKeyEntry, bearer, newApiKey } from '@tributary/dev/api-key';
import { createDatabase, startBuiltApp, startTestStack, type BuiltApi, type BuiltApp, type TestStack } from '@tributary/testing/stack';

const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Topic that the API is subscribed to. */
export const TOPIC = 'changes';

/** The built API, with a key of each role; its own is that of the admin. */
export interface DashboardApi extends BuiltApi {
  readonly keys: Readonly<Record<Role, string>>;
}

/** The API with its page, the workers whose runs it shows, and real servers around them. */
export class DashboardBed {
  private constructor(
    readonly stack: TestStack,
    readonly api: DashboardApi,
    private readonly workers: readonly BuiltApp[],
    /** URL of the sample database. */
    readonly sample: string,
    private readonly silent: SilentServer,
  ) {}

  static async start(): Promise<DashboardBed> {
    const stack = await startTestStack({ appId: 'dashboard', secrets: { identity: { key: randomBytes(32).toString('hex') } } });
    try {
      const sample = await createDatabase(stack, 'sample');
      await installSample(sample);
      await createDatabase(stack, 'events');
      const { host, port, user } = stack.postgres;
      const workers = [
        await startWorker(stack, 'sql-metadata-worker'),
        await startWorker(stack, 'launchpad-worker', {
          TRIBUTARY_EVENTS_URL: `postgres://${user}@${host}:${String(port)}/events`,
          TRIBUTARY_EVENTS_PASSWORD: 'secret://local/postgres#password',
          TRIBUTARY_IDENTITY_KEY: 'secret://local/identity#key',
          LAUNCHPAD_SERVICE_ROOT: 'http://127.0.0.1:9',
        }),
      ];
      return new DashboardBed(stack, await startApi(stack), workers, sample, await SilentServer.start());
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  /** Port of a server that takes connections and never says a word: an extraction from it stays where it is. */
  get silentPort(): number {
    return this.silent.port;
  }

  /** The page, signed in. */
  get link(): string {
    return this.linkOf('admin');
  }

  /** The page, signed in as somebody of a role. */
  linkOf(role: Role): string {
    return `${this.api.url}/#key=${this.api.keys[role]}`;
  }

  async stop(): Promise<void> {
    this.silent.stop();
    await this.api.stop();
    for (const worker of this.workers) await worker.stop();
    await this.stack.stop();
  }
}

async function startApi(stack: TestStack): Promise<DashboardApi> {
  const keys = { viewer: newApiKey(), operator: newApiKey(), admin: newApiKey() };
  const app = await startBuiltApp('starter-api', {
    environment: {
      ...stack.environment,
      TRIBUTARY_API_KEYS: ROLES.map((role) => apiKeyEntry(keys[role], `somebody-${role}`, role)).join(','),
      TRIBUTARY_EVENT_TOPICS: TOPIC,
      TRIBUTARY_TEMPORAL_UI_URL: 'http://127.0.0.1:8233',
    },
    portVariable: 'TRIBUTARY_API_PORT',
    logFile: join(stack.folder, 'api.log'),
  });
  const headers = bearer(keys.admin);
  return {
    ...app,
    keys,
    key: keys.admin,
    headers,
    fetch: (path, init) => fetch(`${app.url}${path}`, { ...init, headers: { ...headers, ...(init?.headers as Record<string, string> | undefined) } }),
  };
}

function startWorker(stack: TestStack, name: string, environment: Readonly<Record<string, string>> = {}): Promise<BuiltApp> {
  return startBuiltApp(name, {
    environment: { ...stack.environment, ...environment },
    portVariable: 'TRIBUTARY_HEALTH_PORT',
    logFile: join(stack.folder, `${name}.log`),
  });
}

class SilentServer {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async start(): Promise<SilentServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SilentServer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}
