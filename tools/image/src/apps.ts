/** The apps that have an image. */
export const APPS = ['sql-metadata-worker', 'launchpad-worker', 'stateful-hierarchy-worker', 'starter-api'] as const;
export type AppName = (typeof APPS)[number];
