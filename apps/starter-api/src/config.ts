import {
  apiVariables,
  boolean,
  daprVariables,
  defineConfig,
  encryptionVariables,
  integer,
  loggingVariables,
  objectStoreVariables,
  oidcVariables,
  path,
  secret,
  string,
  telemetryVariables,
  temporalVariables,
  workerHostVariables,
  type Config,
} from '@tributary/common/config';

const TOPIC = String.raw`(?![A-Za-z0-9._-]*-dead-letter(?:,|$))[A-Za-z0-9._-]{1,200}`;

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
      description: 'Requests that one caller may send, and each address without a credential, of pages and probes.',
      effect: 'Above it the API answers 429. Health, metrics and the sidecar are exempt.',
    }),
    apiKeys: string('TRIBUTARY_API_KEYS', {
      defaultText: 'no keys; on loopback, and without an issuer, one that is made at start and printed',
      description: 'API keys as name:role:sha256 of the key, separated by commas. Roles are viewer, operator and admin.',
      effect: 'Make keys with `npx nx run starter-api:api-key`. On another address than loopback the API does not start without keys or an issuer.',
    }),
    signInLimit: integer('TRIBUTARY_API_SIGN_IN_LIMIT', {
      min: 1,
      max: 1_000_000,
      unit: 'credentials per minute',
      default: 300,
      description: 'Credentials that one address may send that are not accepted.',
      effect: 'Above it such requests are answered 429 in place of 401; good credentials pass all the same.',
    }),
    appApiToken: secret('APP_API_TOKEN', {
      description: 'Token that the Dapr sidecar sends with every call of the API, of 16 characters or more; set it for both.',
      effect: 'Without it the routes of the sidecar, which deliver events, refuse every request, on loopback too.',
    }),
    ...oidcVariables,
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
    eventTopics: string('TRIBUTARY_EVENT_TOPICS', {
      pattern: new RegExp(`^${TOPIC}(?:,${TOPIC})*$`),
      allowed: 'names of topics, separated by commas, none of which ends in -dead-letter',
      defaultText: 'no events',
      description: 'Topics whose events may start runs, by the rules under /v1/event-rules.',
      effect: 'The sidecar asks for them when it starts: start it again after a change.',
    }),
    developmentSecretsFile: path('TRIBUTARY_DEVELOPMENT_SECRETS_FILE', {
      defaultText: 'secrets are not taken',
      description: 'JSON file that PUT /v1/development/secrets writes, for development; beside it the document of its Dapr component, secret-store.yaml.',
      effect: 'Allowed on the loopback interface alone: elsewhere the API does not start.',
    }),
    dashboardDir: path('TRIBUTARY_DASHBOARD_DIR', {
      description: 'Folder of the built dashboard.',
      effect: 'It is served at /. Without it: the folder that "nx build dashboard" writes, or a page that says how to build it.',
    }),
    docsDir: path('TRIBUTARY_DOCS_DIR', {
      description: 'Folder of the built documentation site.',
      effect: 'It is served at /docs/. Without it: the folder that "nx build docs" writes, or a page that says how to build it.',
    }),
    codecServer: boolean('TRIBUTARY_API_CODEC_SERVER', {
      default: false,
      description: 'Whether the API decrypts and encrypts payloads for the Temporal UI and CLI, under /v1/codec, for callers of role operator.',
      effect: 'Needs TRIBUTARY_PAYLOAD_KEYS. Pages of the origin of TRIBUTARY_TEMPORAL_UI_URL may call it, and no others.',
    }),
    // Of an image; the API has no versions beside each other.
    buildId: workerHostVariables.buildId,
    ...temporalVariables,
    ...objectStoreVariables,
    ...daprVariables,
    ...encryptionVariables,
    ...loggingVariables,
    ...telemetryVariables,
  },
});

export type ApiConfig = Config<typeof configSchema>;
