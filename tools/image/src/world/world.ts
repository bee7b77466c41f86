import { GenericContainer, Network, Wait, type StartedNetwork, type StartedTestContainer } from 'testcontainers';

const START_TIMEOUT_MS = 120_000;

/** Mode of files that are copied into containers, whose users are not their owners. */
export const READABLE = 0o644;

/** Images of what stands beside an app, as docker-compose.yml names them. */
export interface WorldImages {
  readonly temporalTools: string;
  readonly postgres: string;
  readonly dapr: string;
}

/** What every app needs: a Temporal server and a database, in a network of their own. */
export interface World {
  readonly images: WorldImages;
  readonly network: StartedNetwork;
  stop(): Promise<void>;
}

/** The images that the environment names, or those of docker-compose.yml. */
export function worldImages(env: NodeJS.ProcessEnv): WorldImages {
  return {
    temporalTools: env['TEMPORAL_TOOLS_IMAGE'] || 'temporalio/admin-tools:1.29.1-tctl-1.18.4-cli-1.5.0',
    postgres: env['POSTGRES_IMAGE'] || 'postgres:17-bookworm',
    dapr: env['DAPR_IMAGE'] || 'daprio/daprd:1.18.2',
  };
}

/** Starts it. Containers are ended by `stop`: there is no reaper, whose image is not everywhere to be had. */
export async function startWorld(images: WorldImages): Promise<World> {
  const network = await new Network().start();
  const containers: StartedTestContainer[] = [];
  const stop = async (): Promise<void> => {
    for (const container of containers.reverse()) await container.stop({ timeout: 0 });
    await network.stop();
  };
  try {
    const beside = [
      new GenericContainer(images.temporalTools)
        .withEntrypoint(['temporal'])
        .withCommand(['server', 'start-dev', '--headless', '--ip', '0.0.0.0', '--log-level', 'error'])
        .withNetworkAliases('temporal')
        .withWaitStrategy(Wait.forSuccessfulCommand('temporal operator cluster health --address 127.0.0.1:7233')),
      new GenericContainer(images.postgres)
        .withEnvironment({ POSTGRES_USER: 'tributary', POSTGRES_DB: 'tributary_events', POSTGRES_PASSWORD: 'development-only' })
        .withNetworkAliases('database')
        .withWaitStrategy(Wait.forSuccessfulCommand('pg_isready -h 127.0.0.1 -U tributary -d tributary_events')),
    ];
    for (const one of beside) containers.push(await one.withNetwork(network).withStartupTimeout(START_TIMEOUT_MS).start());
  } catch (error) {
    await stop();
    throw error;
  }
  return { images, network, stop };
}
