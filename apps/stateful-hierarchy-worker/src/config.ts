import {
  boolean,
  daprVariables,
  defineConfig,
  encryptionVariables,
  integer,
  loggingVariables,
  string,
  telemetryVariables,
  temporalVariables,
  workerHostVariables,
} from '@tributary/common/config';

const HOST = String.raw`(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?`;

/** The environment of the hierarchy worker. */
export const configSchema = defineConfig({
  app: 'stateful-hierarchy-worker',
  description: 'Watches organizations, their data sources and datasets as trees of live entities.',
  variables: {
    allowedHosts: string('TRIBUTARY_ALLOWED_HOSTS', {
      pattern: new RegExp(`^${HOST}(?:,${HOST})*$`),
      allowed: 'hosts separated by commas: api.example.com, api.example.com:8443, *.example.com',
      required: true,
      description: 'Hosts of the APIs that loads may call.',
      effect: 'An apiUrl elsewhere is refused, so that nobody who may start a workflow can send a credential to a place of their own.',
    }),
    searchAttributes: boolean('TRIBUTARY_SEARCH_ATTRIBUTES', {
      default: false,
      description: 'Whether the namespace has the search attributes EntityType, EntityId, EntityOwner, EntityStatus (Keyword) and EntityVersion (Int).',
      effect: 'With true entities are found by them. A workflow task fails where they are missing.',
    }),
    ...temporalVariables,
    ...daprVariables,
    ...workerHostVariables,
    // Entities live for years and load every minute: what is not in memory is replayed each time.
    maxCachedWorkflows: integer('TRIBUTARY_MAX_CACHED_WORKFLOWS', {
      min: 0,
      max: 100_000,
      default: 500,
      description: 'Entities kept in memory between their loads.',
      effect: 'An entity that is not kept is replayed from its history at each load.',
    }),
    maxConcurrentActivities: integer('TRIBUTARY_MAX_CONCURRENT_ACTIVITIES', {
      min: 1,
      max: 1000,
      default: 32,
      description: 'Loads and deliveries that run at a time in this worker.',
      effect: 'More loads the APIs more.',
    }),
    ...encryptionVariables,
    ...loggingVariables,
    ...telemetryVariables,
  },
});
