/** Milliseconds that each answer of the server takes besides its own time. */
export const LATENCY_MS = 100;

/** Requests in flight at most. */
export const IN_FLIGHT = 8;

/** People in the team that is read. */
export const MEMBERS = 20;
