import { boolean, enumOf, integer, path, secret, secretRef, string, url } from './kinds.js';
import { logLevels } from './log-levels.js';
import type { Variables } from './schema.js';
import { shutdownBudget } from './shutdown-budget.js';

const componentName = { pattern: /^[a-z0-9][a-z0-9.-]{0,62}$/, allowed: 'name of a Dapr component' };
const fromProfile = 'what the profile says';

/** Temporal's own environment configuration, read by its SDK; here it is checked and documented. */
export const temporalVariables = {
  temporalAddress: string('TEMPORAL_ADDRESS', {
    aliases: ['TEMPORAL_HOST'],
    pattern: /^[^\s/]+:\d{1,5}$/,
    allowed: 'host:port',
    defaultText: `${fromProfile}, else localhost:7233`,
    description: 'Address of the Temporal frontend.',
  }),
  temporalNamespace: string('TEMPORAL_NAMESPACE', {
    defaultText: `${fromProfile}, else default`,
    description: 'Namespace of the workflows.',
  }),
  temporalApiKey: secret('TEMPORAL_API_KEY', {
    description: 'API key of the namespace.',
    effect: 'Sent with every call; switches TLS on.',
  }),
  temporalTls: boolean('TEMPORAL_TLS', {
    defaultText: 'false, or true where an API key or certificates are given',
    description: 'Whether to connect with TLS.',
  }),
  temporalTlsClientCertPath: path('TEMPORAL_TLS_CLIENT_CERT_PATH', { description: 'Client certificate (PEM), for mutual TLS.' }),
  temporalTlsClientCertData: string('TEMPORAL_TLS_CLIENT_CERT_DATA', { description: 'The client certificate itself, in place of its path.' }),
  temporalTlsClientKeyPath: path('TEMPORAL_TLS_CLIENT_KEY_PATH', { description: 'Private key of the client certificate (PEM).' }),
  temporalTlsClientKeyData: secret('TEMPORAL_TLS_CLIENT_KEY_DATA', { description: 'The private key itself, in place of its path.' }),
  temporalTlsServerCaCertPath: path('TEMPORAL_TLS_SERVER_CA_CERT_PATH', {
    defaultText: 'the authorities of the system',
    description: 'Certificate authority of the server (PEM).',
  }),
  temporalTlsServerCaCertData: string('TEMPORAL_TLS_SERVER_CA_CERT_DATA', { description: 'The certificate authority itself, in place of its path.' }),
  temporalTlsServerName: string('TEMPORAL_TLS_SERVER_NAME', {
    defaultText: 'the host of the address',
    description: 'Name that the certificate of the server must bear.',
  }),
  temporalTlsDisableHostVerification: boolean('TEMPORAL_TLS_DISABLE_HOST_VERIFICATION', {
    default: false,
    description: 'Whether to accept a certificate that bears another name; for development only.',
  }),
  temporalConfigFile: path('TEMPORAL_CONFIG_FILE', {
    defaultText: "temporal.toml in the user's configuration folder",
    description: 'File of profiles; variables win over it.',
  }),
  temporalProfile: string('TEMPORAL_PROFILE', { defaultText: 'default', description: 'Profile of that file.' }),
};

/** The sidecar, as Dapr tells the app about it, and the names of its components. */
export const daprVariables = {
  daprGrpcPort: integer('DAPR_GRPC_PORT', { min: 1, max: 65535, default: 50001, description: 'gRPC port of the sidecar.' }),
  daprGrpcEndpoint: string('DAPR_GRPC_ENDPOINT', {
    defaultText: '127.0.0.1 and DAPR_GRPC_PORT',
    description: 'gRPC address of a sidecar elsewhere; wins over the port.',
  }),
  daprHttpPort: integer('DAPR_HTTP_PORT', {
    min: 1,
    max: 65535,
    default: 3500,
    description: 'HTTP port of the sidecar.',
    effect: 'Asked for its health at start.',
  }),
  daprApiToken: secret('DAPR_API_TOKEN', { description: 'Token that the sidecar wants with every call.' }),
  stateStore: string('TRIBUTARY_STATE_STORE', { ...componentName, default: 'state', description: 'State store component.' }),
  pubsub: string('TRIBUTARY_PUBSUB', { ...componentName, default: 'events', description: 'Pub/sub component.' }),
};

export const loggingVariables = {
  logLevel: enumOf('TRIBUTARY_LOG_LEVEL', logLevels, { default: 'info', description: 'Lowest level that is logged.' }),
};

export const telemetryVariables = {
  otlpEndpoint: url('OTEL_EXPORTER_OTLP_ENDPOINT', {
    protocols: ['http', 'https'],
    defaultText: 'tracing off',
    description: 'OTLP over HTTP: where traces go.',
  }),
};

export const workerHostVariables = {
  healthHost: string('TRIBUTARY_HEALTH_HOST', {
    default: '127.0.0.1',
    description: 'Address that /livez, /readyz and /metrics listen on.',
    effect: 'In a Pod 0.0.0.0, so that probes reach it.',
  }),
  healthPort: integer('TRIBUTARY_HEALTH_PORT', { min: 0, max: 65535, default: 8081, description: 'Port of the same; 0 takes a free one.' }),
  workflowBundle: path('TRIBUTARY_WORKFLOW_BUNDLE', {
    defaultText: 'workflow-bundle.js beside the program',
    description: 'Workflow bundle that was built ahead.',
  }),
  maxConcurrentActivities: integer('TRIBUTARY_MAX_CONCURRENT_ACTIVITIES', {
    min: 1,
    max: 1000,
    default: 8,
    description: 'Activities that run at a time in this worker.',
    effect: 'Each may hold a connection to a source and its buffers: memory grows with it.',
  }),
  maxCachedWorkflows: integer('TRIBUTARY_MAX_CACHED_WORKFLOWS', {
    min: 0,
    max: 10_000,
    default: 20,
    description: 'Workflows kept in memory between their tasks.',
    effect: 'More saves replays, at about 1 MB each.',
  }),
  shutdownGraceMs: integer('TRIBUTARY_SHUTDOWN_GRACE_MS', {
    min: 0,
    max: 3_600_000,
    unit: 'ms',
    default: shutdownBudget.activityDrainMs,
    description: 'How long running activities may finish after SIGTERM, before they are cancelled.',
    effect: "Raise the sidecar's block duration and the Pod's grace period with it.",
  }),
  sidecarWaitMs: integer('TRIBUTARY_SIDECAR_WAIT_MS', {
    min: 0,
    max: 600_000,
    unit: 'ms',
    default: 60_000,
    description: 'How long to wait at start for the sidecar, before the process ends with WORKER_SIDECAR_UNREACHABLE.',
  }),
  deploymentName: string('TRIBUTARY_DEPLOYMENT_NAME', {
    pattern: /^[^\s.]{1,200}$/,
    allowed: 'text without spaces or dots',
    description: 'Worker Deployment of Worker Versioning.',
    effect: 'With TRIBUTARY_BUILD_ID, turns Worker Versioning on.',
  }),
  buildId: string('TRIBUTARY_BUILD_ID', {
    pattern: /^\S{1,200}$/,
    allowed: 'text without spaces',
    description: 'Build id of this version within the Worker Deployment.',
  }),
};

const s3Address = { name: 'TRIBUTARY_OBJECT_STORE_URL', matches: /^s3:/, means: 'an s3:// address' };

export const objectStoreVariables = {
  objectStoreUrl: url('TRIBUTARY_OBJECT_STORE_URL', {
    protocols: ['file', 'dapr', 's3'],
    required: true,
    description: 'Where shards and manifests are kept: file:///folder, s3://bucket/prefix or dapr://binding.',
  }),
  s3Endpoint: url('TRIBUTARY_S3_ENDPOINT', {
    protocols: ['https', 'http'],
    onlyWith: s3Address,
    defaultText: 'AWS',
    description: 'S3 API of a store that is not AWS: https://s3.example.com.',
  }),
  s3Region: string('TRIBUTARY_S3_REGION', {
    pattern: /^[a-z0-9-]{1,64}$/,
    allowed: 'name of a region: lower-case letters, digits and -',
    onlyWith: s3Address,
    defaultText: 'AWS_REGION, else us-east-1',
    description: 'Region of the bucket.',
  }),
  awsRegion: string('AWS_REGION', {
    defaultText: 'us-east-1',
    description: 'Region of the bucket where TRIBUTARY_S3_REGION is not set; AWS sets it for Pods and functions.',
  }),
  s3ForcePathStyle: boolean('TRIBUTARY_S3_FORCE_PATH_STYLE', {
    onlyWith: s3Address,
    defaultText: 'true with TRIBUTARY_S3_ENDPOINT, else false',
    description: 'Whether the bucket stands in the path of requests, and not in their host name.',
  }),
  s3Credentials: secretRef('TRIBUTARY_S3_CREDENTIALS', {
    onlyWith: s3Address,
    defaultText: 'the identity that AWS gives the process: web identity, container, instance, AWS_* variables',
    description: 'Reference, without #key, to the secret with the keys `accessKeyId` and `secretAccessKey`, and perhaps `sessionToken`.',
    effect: 'Read through the sidecar at the first request, and again when the store refuses it.',
  }),
  s3Encryption: enumOf('TRIBUTARY_S3_ENCRYPTION', ['AES256', 'aws:kms'], {
    onlyWith: s3Address,
    defaultText: 'what the bucket says',
    description: 'Encryption at the store: AES256 is SSE-S3, aws:kms is SSE-KMS.',
  }),
  s3KmsKeyId: string('TRIBUTARY_S3_KMS_KEY_ID', {
    onlyWith: { name: 'TRIBUTARY_S3_ENCRYPTION', matches: /^aws:kms$/, means: 'aws:kms' },
    defaultText: 'the key that the bucket names',
    description: 'Key of SSE-KMS: its id, ARN or alias.',
  }),
};

export const encryptionVariables = {
  payloadKeys: secretRef('TRIBUTARY_PAYLOAD_KEYS', {
    description: 'Reference to the keys of payload encryption: a JSON object of base64 of 32 bytes by key id.',
    effect: 'Payloads encrypted with any of these keys can be read.',
  }),
  payloadKeyId: string('TRIBUTARY_PAYLOAD_KEY_ID', {
    defaultText: 'no encryption',
    description: 'Key that new payloads are encrypted with.',
  }),
};

export const apiVariables = {
  apiHost: string('TRIBUTARY_API_HOST', { default: '127.0.0.1', description: 'Address that the HTTP API listens on.' }),
  apiPort: integer('TRIBUTARY_API_PORT', { min: 0, max: 65535, default: 8000, description: 'Port of the HTTP API; 0 takes a free one.' }),
  temporalUiUrl: url('TRIBUTARY_TEMPORAL_UI_URL', {
    protocols: ['http', 'https'],
    defaultText: 'no links',
    description: 'Temporal Web UI that runs link to.',
  }),
};

/** Whose tokens are accepted, and what they let their bearers do. */
export const oidcVariables = {
  oidcIssuer: url('TRIBUTARY_OIDC_ISSUER', {
    protocols: ['https', 'http'],
    defaultText: 'no tokens, API keys alone',
    description: 'Issuer of the tokens that are accepted (OpenID Connect), exactly as tokens have it as "iss"; http only on loopback.',
    effect: 'Its keys are found by its discovery document, kept for 10 minutes, and fetched again for a token of an unknown key.',
  }),
  oidcAudience: string('TRIBUTARY_OIDC_AUDIENCE', {
    defaultText: 'required with an issuer',
    description: 'What tokens for this API have as "aud".',
  }),
  oidcRolesClaim: string('TRIBUTARY_OIDC_ROLES_CLAIM', {
    default: 'roles',
    description: 'Claim that has the roles of the bearer: its name, or a path with dots such as realm_access.roles. Its value is a list, or words with spaces between.',
  }),
  oidcRoleMap: string('TRIBUTARY_OIDC_ROLE_MAP', {
    defaultText: 'values are the names of the roles: viewer, operator, admin',
    description: 'Role by value of that claim, as value=role separated by commas: tributary-admins=admin,data-team=operator.',
    effect: 'Only these values count. Of several roles the highest holds.',
  }),
};

const groups: readonly Variables[] = [
  temporalVariables,
  daprVariables,
  loggingVariables,
  telemetryVariables,
  workerHostVariables,
  objectStoreVariables,
  encryptionVariables,
  apiVariables,
  oidcVariables,
];

/** Names that some app or tool of the project reads: one environment may serve them all. */
export const projectVariableNames: readonly string[] = [
  ...groups.flatMap((group) => Object.values(group).flatMap(({ name, aliases }) => [name, ...aliases])),
  'TRIBUTARY_TEMPORAL_BIN',
  'TRIBUTARY_DAPRD_BIN',
  'TRIBUTARY_KUSTOMIZE_BIN',
  'TRIBUTARY_VERSITYGW_BIN',
  'TRIBUTARY_DOWNLOAD_MIRROR',
  'TRIBUTARY_CHROMIUM',
];
