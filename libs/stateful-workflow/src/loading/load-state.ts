import type { LoadError } from '../messages.js';

/** Where a loader stands. Requests are counted, so that one which comes while another is served is not lost. */
export interface LoadState {
  readonly requestedEpoch: number;
  readonly loadedEpoch: number;
  readonly running?: {
    readonly epoch: number;
    readonly since: number;
    /** Another credential has come since it began. */
    readonly superseded?: true;
  };
  /** Not before this time; milliseconds since 1970. */
  readonly notBefore: number;
  /** When it loads again by itself. */
  readonly nextAt?: number;
  readonly failures: number;
  /** The latest failure; absent after a success. */
  readonly error?: LoadError & { readonly at: number };
  /** Its credential was refused, and no other has come since. */
  readonly awaitingRotation: boolean;
  readonly loadedAt?: number;
  /** Revision of the source that was merged last. */
  readonly revision?: number;
  readonly etag?: string;
}
