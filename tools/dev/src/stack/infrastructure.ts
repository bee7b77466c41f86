import { mkdirSync } from 'node:fs';
import { RUN_SEARCH_ATTRIBUTES } from '@tributary/workflow-contracts';
import { startPostgres, startTemporal } from '../servers/index.js';
import type { Steps } from '../terminal/index.js';
import { prepareEventsDatabase, prepareSampleDatabase, prepareStateDatabase } from './databases.js';
import type { SampleDatabase } from './databases.js';
import { identityKey } from './identity-key.js';
import { onKeptData } from './kept-data.js';
import type { StackLayout } from './layout.js';
import type { Binaries } from './provision.js';
import { INFRASTRUCTURE_PORTS, rememberedPorts } from './remembered-ports.js';
import { writeStackFile } from './stack-file.js';
import type { LaunchpadPlace, StackFile } from './stack-file.js';
import type { Supervisor } from './supervisor.js';

/** What belongs into the secret store `local`, by name and key. */
export type StackSecrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Infrastructure {
  readonly stack: StackFile;
  readonly secrets: StackSecrets;
  /** Unless it was not asked for. */
  readonly sample: SampleDatabase | undefined;
}

export interface InfrastructureOptions {
  readonly layout: StackLayout;
  readonly binaries: Binaries;
  readonly steps: Steps;
  readonly supervisor: Supervisor;
  /** Whether there shall be the sample database. */
  readonly withSample: boolean;
  readonly launchpad: LaunchpadPlace | Promise<LaunchpadPlace>;
  /** Base URL of the data catalog, if there is to be one. */
  readonly catalogUrl?: Promise<string>;
}

/** Starts PostgreSQL with the databases of the stack, and Temporal with its Web UI, and says in stack.json where they are. */
export async function startInfrastructure(options: InfrastructureOptions): Promise<Infrastructure> {
  const { layout, binaries, steps, supervisor, withSample } = options;
  const launchpad = Promise.resolve(options.launchpad);
  // Whoever starts it tells of its failure; we look at it last.
  launchpad.catch(() => undefined);
  options.catalogUrl?.catch(() => undefined);
  mkdirSync(layout.objects, { recursive: true });
  const ports = await rememberedPorts(layout.ports, INFRASTRUCTURE_PORTS);
  const [postgres, temporal] = await Promise.all([
    steps.run('PostgreSQL', () =>
      supervisor.add(
        'PostgreSQL',
        onKeptData({ name: 'PostgreSQL', path: layout.postgresData, loss: 'The sample and the state of earlier runs go with it.' }, () =>
          startPostgres({ dataDir: layout.postgresData, port: ports.postgres, logFile: layout.log('postgres') }),
        ),
      ),
    ),
    steps.run('Temporal', () =>
      supervisor.add(
        'Temporal',
        onKeptData({ name: 'Temporal', path: layout.temporalDb, loss: 'The histories of earlier runs go with it.' }, () =>
          startTemporal({
            dbFile: layout.temporalDb,
            ui: true,
            port: ports.temporal,
            uiPort: ports.temporalUi,
            logFile: layout.log('temporal'),
            binary: binaries.temporal.path,
            searchAttributes: RUN_SEARCH_ATTRIBUTES,
          }),
        ),
      ),
    ),
  ]);
  const [stateUrl, events] = await Promise.all([prepareStateDatabase(postgres), prepareEventsDatabase(postgres)]);
  const sample = withSample ? await steps.run('Sample database', () => prepareSampleDatabase(postgres)) : undefined;
  const stack: StackFile = {
    temporal: { address: temporal.address, namespace: temporal.namespace, uiUrl: temporal.uiUrl ?? '' },
    postgres: { host: postgres.host, port: postgres.port },
    stateUrl,
    eventsUrl: events.url,
    launchpad: await launchpad,
    ...(options.catalogUrl && { catalogUrl: await options.catalogUrl }),
  };
  writeStackFile(layout, stack);
  return { stack, secrets: { events: { password: events.password }, identity: { key: identityKey(layout) } }, sample };
}
