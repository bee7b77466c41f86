import type { SecretStore } from '@tributary/clients';
import type { SecretRef, SecretScrubber } from '@tributary/common';
import { openEventDatabase, type OpenEventDatabase } from '@tributary/etl/store';

export interface EventDatabaseConfig {
  readonly eventsUrl: string;
  readonly eventsPassword: SecretRef | undefined;
  readonly eventsSchema: string;
  readonly identityKey: SecretRef;
}

/** Opens the events database of the configuration, with its secrets out of the secret store. */
export async function openConfiguredDatabase(
  config: EventDatabaseConfig,
  { secrets, scrubber }: { readonly secrets: SecretStore; readonly scrubber: SecretScrubber },
): Promise<OpenEventDatabase> {
  const { eventsPassword, identityKey: keyRef } = config;
  const identityKey = await secrets.resolve(keyRef);
  return openEventDatabase({
    url: config.eventsUrl,
    schema: config.eventsSchema,
    identityKey,
    scrubber,
    applicationName: 'launchpad-worker',
    ...(eventsPassword && { password: () => secrets.resolve(eventsPassword) }),
  });
}
