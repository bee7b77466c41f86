import {
  boolean,
  daprVariables,
  defineConfig,
  encryptionVariables,
  integer,
  loggingVariables,
  objectStoreVariables,
  secretRef,
  string,
  telemetryVariables,
  temporalVariables,
  workerHostVariables,
  type Config,
} from '@tributary/common/config';

/** How Launchpad is reached. Its names are those that its users know. */
const launchpadVariables = {
  applicationName: string('LP_APP_ID', {
    pattern: /^[\x20-\x7e]{1,200}$/,
    allowed: 'up to 200 printable ASCII characters',
    default: 'tributary',
    description: 'Name by which Launchpad knows this client: the OAuth consumer.',
    effect: 'A token belongs to the name that it was made for.',
  }),
  serviceRoot: string('LAUNCHPAD_SERVICE_ROOT', {
    pattern: /^(?:[a-z_]{1,32}|https?:\/\/[^\s@]+)$/,
    allowed: 'production, staging, qastaging, dogfood, dev, test_dev, edge, or a URL',
    default: 'production',
    description: 'Launchpad that is read where an input names none.',
    effect: 'Credentials are sent to this one alone; another URL in an input is refused.',
  }),
  credentials: secretRef('LAUNCHPAD_CREDENTIALS', {
    defaultText: 'anonymous access',
    description: 'Reference, without #key, to the secret with the keys `access_token` and `access_secret`.',
    effect: 'Without it only what everybody may see is read.',
  }),
  maxRequests: integer('LAUNCHPAD_MAX_REQUESTS', {
    min: 1,
    max: 64,
    unit: 'requests',
    default: 8,
    description: 'Requests to Launchpad that are in flight at a time, of all runs in this process together.',
    effect: 'More is faster until Launchpad slows down or refuses.',
  }),
};

/** Where events go. */
const eventVariables = {
  eventsUrl: string('TRIBUTARY_EVENTS_URL', {
    pattern: /^postgres(?:ql)?:\/\/[^\s:@/?#]+@[^\s@/?#]+\/[^\s/?#@]+(?:\?sslmode=(?:disable|prefer|require|verify-full))?$/,
    allowed: 'postgres://user@host:5432/database?sslmode=…, without a password',
    required: true,
    description: 'PostgreSQL database of the events.',
  }),
  eventsPassword: secretRef('TRIBUTARY_EVENTS_PASSWORD', {
    defaultText: 'no password',
    description: 'Reference to the password of its user.',
  }),
  eventsSchema: string('TRIBUTARY_EVENTS_SCHEMA', {
    pattern: /^[a-z_][a-z0-9_]{0,62}$/,
    allowed: 'name of a schema: lower-case letters, digits and _',
    default: 'tributary',
    description: 'Schema of the tables.',
  }),
  migrateEvents: boolean('TRIBUTARY_EVENTS_MIGRATE', {
    default: true,
    description: 'Whether a worker brings the tables to its version.',
    effect: 'With false it only checks them, for deployments where a job runs `main.js migrate` under a role with more rights.',
  }),
  identityKey: secretRef('TRIBUTARY_IDENTITY_KEY', {
    required: true,
    description: 'Reference to the key of the hashes that stand for people who are not in the table of identities: 32 characters or more.',
    effect: 'With another key the same person gets another hash: keep it as long as the events.',
  }),
};

/** How a stage of a flow is worked off. */
const flowVariables = {
  lanes: integer('TRIBUTARY_FLOW_LANES', {
    min: 1,
    max: 256,
    default: 16,
    description: 'Units of a stage that are read at a time.',
    effect: 'More than the requests in flight, so that these are never idle; each holds a page in memory.',
  }),
  heartbeatTimeoutMs: integer('TRIBUTARY_FLOW_HEARTBEAT_TIMEOUT_MS', {
    min: 2_000,
    max: 3_600_000,
    unit: 'ms',
    default: 60_000,
    description: 'How long nothing may be heard of a worker before Temporal gives its stage to another one.',
    effect: 'How long a run stands still when its worker is killed. A slow source does not silence a worker.',
  }),
};

/** The environment of the Launchpad worker. */
export const configSchema = defineConfig({
  app: 'launchpad-worker',
  description: 'Reads what people and teams do on Launchpad, and loads it as events into PostgreSQL.',
  variables: {
    ...launchpadVariables,
    ...eventVariables,
    ...flowVariables,
    ...temporalVariables,
    ...daprVariables,
    ...objectStoreVariables,
    ...workerHostVariables,
    ...encryptionVariables,
    ...loggingVariables,
    ...telemetryVariables,
  },
});

export type LaunchpadWorkerConfig = Config<typeof configSchema>;

/** As much of it as the commands on the events database need, so that a job needs no more than that. */
export const databaseCommandSchema = defineConfig({
  app: 'launchpad-worker',
  description: 'Commands on the events database.',
  variables: { ...launchpadVariables, ...eventVariables, ...flowVariables, ...daprVariables, ...loggingVariables, ...workerHostVariables },
});

/** As much of it as `login` needs: neither database nor sidecar. */
export const loginSchema = defineConfig({
  app: 'launchpad-worker',
  description: 'Login to Launchpad.',
  variables: launchpadVariables,
});
