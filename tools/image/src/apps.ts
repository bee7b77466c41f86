/** The apps that have an image. */
export const APPS = ['sql-metadata-worker', 'launchpad-worker', 'stateful-hierarchy-worker', 'starter-api'] as const;
export type AppName = (typeof APPS)[number];

/** Name of the system that the tests bring up by compose. */
export const TEST_SYSTEM = 'tributary-test';
