import {
  apiVariables,
  daprVariables,
  defineConfig,
  encryptionVariables,
  integer,
  loggingVariables,
  objectStoreVariables,
  path,
  telemetryVariables,
  temporalVariables,
  type Config,
} from '@tributary/common/config';

/** The environment of the starter API. */
export const configSchema = defineConfig({
  app: 'starter-api',
  description: 'HTTP API that starts, watches and stops runs.',
  variables: {
    ...apiVariables,
    rateLimit: integer('TRIBUTARY_API_RATE_LIMIT', {
      min: 1,
      max: 1_000_000,
      unit: 'requests per minute',
      default: 1_200,
      description: 'Requests that one client address may send.',
      effect: 'Above it the API answers 429. Health and metrics are exempt.',
    }),
    maxRequests: integer('TRIBUTARY_API_MAX_REQUESTS', {
      min: 1,
      max: 10_000,
      unit: 'requests',
      default: 100,
      description: 'Requests that are served at a time, progress streams apart.',
      effect: 'Above it the API answers 503.',
    }),
    maxStreams: integer('TRIBUTARY_API_MAX_STREAMS', {
      min: 1,
      max: 10_000,
      unit: 'streams',
      default: 100,
      description: 'Progress streams that are open at a time.',
      effect: 'Above it the API answers 503. Streams of one run share their calls to Temporal.',
    }),
    dashboardDir: path('TRIBUTARY_DASHBOARD_DIR', {
      description: 'Folder of the built dashboard.',
      effect: 'It is served at /. Without it: the folder that "nx build dashboard" writes, or a page that says how to build it.',
    }),
    docsDir: path('TRIBUTARY_DOCS_DIR', {
      description: 'Folder of the built documentation site.',
      effect: 'It is served at /docs/. Without it: the folder that "nx build docs" writes, or a page that says how to build it.',
    }),
    ...temporalVariables,
    ...objectStoreVariables,
    ...daprVariables,
    ...encryptionVariables,
    ...loggingVariables,
    ...telemetryVariables,
  },
});

export type ApiConfig = Config<typeof configSchema>;
