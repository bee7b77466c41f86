import {
  daprVariables,
  defineConfig,
  encryptionVariables,
  loggingVariables,
  objectStoreVariables,
  telemetryVariables,
  temporalVariables,
  workerHostVariables,
} from '@tributary/common/config';

/** The environment of the SQL metadata worker. */
export const configSchema = defineConfig({
  app: 'sql-metadata-worker',
  description: 'Extracts the catalogs of SQL databases and publishes them as Atlas entities.',
  variables: {
    ...temporalVariables,
    ...daprVariables,
    ...objectStoreVariables,
    ...workerHostVariables,
    ...encryptionVariables,
    ...loggingVariables,
    ...telemetryVariables,
  },
});
