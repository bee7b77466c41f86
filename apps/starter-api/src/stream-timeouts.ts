/** Fastify's timeout of a handler also cuts off an answer that is still being sent. Streams go on for as long as they are read: the longest time that a timer takes, in milliseconds. */
export const STREAM_TIMEOUT_MS = 2_147_483_647;

/** A file has an end, and may have a slow reader, in milliseconds. */
export const DOWNLOAD_TIMEOUT_MS = 3_600_000;
