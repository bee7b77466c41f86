import type { ObjectStore } from '@tributary/clients';
import type { SecretScrubber } from '@tributary/common';
import type { SourceRegistry } from './query/source-registry.js';
import type { EventDatabase, IdentityDirectory } from './store/types.js';

/** What the activities of flows need from outside; composed once, by the app. */
export interface EtlDependencies {
  readonly registry: SourceRegistry;
  /** Prepared: its schema is there. */
  readonly database: EventDatabase;
  readonly identities: IdentityDirectory;
  /** Keeps the reports of runs. */
  readonly objects: ObjectStore;
  /** Takes secrets out of the messages of errors. @default only what looks like one */
  readonly scrubber?: SecretScrubber;
  /** Units of a stage that are read at a time. @default 16 */
  readonly lanes?: number;
  /** Milliseconds without progress after which a stage is given to another worker. @default 60000 */
  readonly heartbeatTimeoutMs?: number;
  /** First wait in milliseconds before a unit is tried again; each further one is four times as long. @default 1000 */
  readonly retryMs?: number;
  /** Attempts of a stage in a row in which the source gives nothing, until what is left has failed. @default 36: two to three hours */
  readonly patience?: number;
  /** Milliseconds without a page or a sign of life of the source after which a unit is tried again. @default 1800000 */
  readonly silenceMs?: number;
}

export const DEFAULT_LANES = 16;
export const DEFAULT_HEARTBEAT_TIMEOUT_MS = 60_000;
/** Longer than a client takes with all of its own tries and waits, also in a queue for few slots. */
export const DEFAULT_SILENCE_MS = 30 * 60_000;
/** Five waits: 1, 4, 16, 64 and 256 seconds. */
export const DEFAULT_RETRY_MS = 1_000;
