import type { Client } from '@temporalio/client';
import type { EventBus, ObjectStore, StateStore } from '@tributary/clients';
import type { Metrics } from '@tributary/clients/telemetry';
import type { SecretScrubber } from '@tributary/common';
import type { ManifestReader } from './artifacts/manifest-reader.js';
import type { EventRuleStore } from './event-rules/event-rule-store.js';
import type { ConfigurationStore } from './configurations/configuration-store.js';
import type { DevelopmentSecrets } from './development-secrets/development-secrets.js';
import type { Limits } from './plugins/limits.js';
import type { OpenStreams } from './progress/open-streams.js';
import type { RunWatches } from './progress/run-watches.js';
import type { TemporalUi } from './runs/run-links.js';
import type { RunReader } from './runs/run-reader.js';
import type { RunningExtractions } from './runs/running-extractions.js';

/** The topics that events are delivered from, and the bus that they are of. */
export interface Events {
  readonly bus: EventBus;
  /** Pub/sub component. */
  readonly pubsub: string;
  readonly topics: readonly string[];
}

/** What routes work with. */
export interface ApiServices {
  readonly client: Client;
  readonly objects: ObjectStore;
  readonly state: StateStore;
  readonly events: Events;
  readonly eventRules: EventRuleStore;
  readonly configurations: ConfigurationStore;
  readonly developmentSecrets: DevelopmentSecrets | undefined;
  readonly reader: RunReader;
  readonly running: RunningExtractions;
  readonly watches: RunWatches;
  readonly streams: OpenStreams;
  readonly manifests: ManifestReader;
  readonly metrics: Metrics;
  readonly scrubber: SecretScrubber;
  readonly ui: TemporalUi;
  readonly limits: Limits;
}
