/** Time-out of one catalog statement, and of each fetch from a cursor. */
export const DEFAULT_STATEMENT_TIMEOUT_MS = 30_000;

/** Records per shard; a shard is also what a killed batch reads again at most. */
export const DEFAULT_SHARD_RECORDS = 50_000;

/** Fraction of a batch's records that may be quarantined. */
export const DEFAULT_QUARANTINE_THRESHOLD = 0.01;

/** Rows per fetch from the server-side cursor: fewer cost round trips, more cost memory, and neither gains time. */
export const FETCH_ROWS = 4_000;

/** Records transformed and written at a time: their lines are in memory three times over until they are compressed. */
export const TRANSFORM_RECORDS = 500;

/** One run's history has room for this many databases. */
export const MAX_DATABASES = 400;
