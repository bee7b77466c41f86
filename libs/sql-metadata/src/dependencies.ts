import type { EventBus, ObjectStore, SecretStore, StateStore } from '@tributary/clients';
import type { CatalogConnectionOptions, CatalogSession } from '@tributary/clients/sql';

/** What the activities need from outside; composed once, by the app. */
export interface SqlMetadataDependencies {
  readonly secrets: SecretStore;
  readonly state: StateStore;
  readonly events: EventBus;
  readonly objects: ObjectStore;
  readonly openCatalog: (options: CatalogConnectionOptions) => Promise<CatalogSession>;
  /** Version of this software, for the manifest. */
  readonly toolVersion: string;
}
