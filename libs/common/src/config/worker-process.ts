/**
 * Environment that a worker's process is to be started with, to keep its memory below 250 MB: it cannot be set from
 * within. V8's young generation stays at 4 MB per half-space (garbage is collected sooner), and the C library's
 * allocator does not spread over many arenas.
 */
export const workerProcessEnvironment = {
  NODE_OPTIONS: '--max-semi-space-size=4',
  MALLOC_ARENA_MAX: '2',
} as const;
