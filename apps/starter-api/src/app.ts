import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Client } from '@temporalio/client';
import type { ObjectStore, StateStore } from '@tributary/clients';
import type { Metrics } from '@tributary/clients/telemetry';
import type { SecretScrubber } from '@tributary/common';
import type { Logger } from '@tributary/common/logging';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import type { ApiServer } from './api-server.js';
import { auditChanges } from './audit/audit-changes.js';
import { requireAccess } from './auth/access.js';
import { authenticateRequests, type AccessControl } from './auth/authenticate.js';
import { ManifestReader } from './artifacts/manifest-reader.js';
import { ConfigurationStore } from './configurations/configuration-store.js';
import { EventRuleStore } from './event-rules/event-rule-store.js';
import { DevelopmentSecrets } from './development-secrets/development-secrets.js';
import { DEVELOPMENT_SECRETS_EXPOSED } from './errors.js';
import { parseJsonBodies } from './plugins/json-body.js';
import { limitRequests, type Limits } from './plugins/limits.js';
import { documentRoutes } from './plugins/openapi.js';
import { guardOrigin, isLoopback } from './plugins/origin-guard.js';
import { logRequests, requestId } from './plugins/request-log.js';
import { addSecurityHeaders } from './plugins/security-headers.js';
import { serializeByNeed } from './plugins/serialization.js';
import { traceRequests } from './plugins/trace-context.js';
import { answerErrors } from './problems/error-handler.js';
import { answerUnknownRoutes } from './problems/not-found.js';
import { answerBadUrl, answerBrokenRequest } from './problems/raw-problems.js';
import { OpenStreams } from './progress/open-streams.js';
import { RunWatches } from './progress/run-watches.js';
import { artifactRoutes } from './routes/artifacts.js';
import { callerRoute } from './routes/caller.js';
import { codecRoutes } from './routes/codec.js';
import { configurationRoutes } from './routes/configurations.js';
import { developmentSecretRoutes } from './routes/development-secrets.js';
import { eventSummaryRoutes } from './routes/event-summary.js';
import { differenceRoute } from './routes/difference.js';
import { operationRoutes } from './routes/operations.js';
import { progressRoute } from './routes/progress.js';
import { runActionRoutes } from './routes/run-actions.js';
import { runRoutes } from './routes/runs.js';
import { daprEventRoutes } from './routes/dapr-events.js';
import { eventRuleRoutes } from './routes/event-rules.js';
import { entityRoutes } from './routes/entities.js';
import { entityChangesRoute } from './routes/entity-changes.js';
import { scheduleRoutes } from './routes/schedules.js';
import { sdkRoutes } from './routes/sdk-compatibility.js';
import { sourceRoutes } from './routes/sources.js';
import { RunReader } from './runs/run-reader.js';
import { RunningExtractions } from './runs/running-extractions.js';
import type { ApiServices, Events } from './services.js';
import { serveSites } from './static/serve-sites.js';
import type { Sites } from './static/sites.js';
import { validateRequests } from './validation.js';

/** A full set of filters, each rule at its longest, fits in. */
const BODY_LIMIT_BYTES = 256 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const PROGRESS_INTERVAL_MS = 500;

export interface ApiDependencies {
  readonly client: Client;
  readonly objects: ObjectStore;
  /** Where saved configurations and the like are kept. */
  readonly state: StateStore;
  /** Where events come from and dead letters go to. */
  readonly events: Events;
  readonly log: Logger;
  readonly scrubber: SecretScrubber;
  readonly metrics: Metrics;
  readonly limits: Limits;
  /** Whom it knows. */
  readonly access: AccessControl;
  /** Address that it will listen on: decides which hosts it answers to. */
  readonly host: string;
  readonly temporalUiUrl: string | undefined;
  /** Whether it decrypts payloads for the Temporal UI and CLI. @default false */
  readonly codecServer?: boolean;
  /** File that development secrets go to; none are taken without it. */
  readonly developmentSecretsFile?: string | undefined;
  /** Pages that it serves beside its routes; none without it. */
  readonly sites?: Sites;
  readonly version: string;
  /** How long a handler may take to answer, in milliseconds; streams and downloads take longer. @default 30,000 */
  readonly requestTimeoutMs?: number;
}

/** The API, ready to listen. `close()` ends its streams and waits for its requests; connections stay the caller's. */
export async function buildApi(dependencies: ApiDependencies): Promise<FastifyInstance> {
  const { log, scrubber, metrics, limits, access, host, version, requestTimeoutMs = REQUEST_TIMEOUT_MS } = dependencies;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestId,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: requestTimeoutMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 6_000 },
    frameworkErrors: answerBadUrl,
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<TypeBoxTypeProvider>();
  const plain = app as unknown as FastifyInstance;

  requireAccess(plain);
  answerErrors(plain, scrubber, BODY_LIMIT_BYTES);
  traceRequests(plain);
  logRequests(plain, metrics);
  addSecurityHeaders(plain);
  auditChanges(plain, log);
  guardOrigin(plain, host);
  authenticateRequests(plain, access, metrics);
  await limitRequests(plain, limits);
  answerUnknownRoutes(plain);
  parseJsonBodies(plain);
  validateRequests(plain);
  serializeByNeed(plain);
  await documentRoutes(plain, version);

  const services = servicesOf(dependencies);
  closeGently(plain, services);
  await app.register(async (scope) => {
    const routes = scope as unknown as ApiServer;
    operationRoutes(routes, services);
    callerRoute(routes);
    runRoutes(routes, services);
    runActionRoutes(routes, services);
    progressRoute(routes, services);
    artifactRoutes(routes, services);
    differenceRoute(routes, services);
    scheduleRoutes(routes, services);
    entityRoutes(routes, services);
    entityChangesRoute(routes, services);
    eventRuleRoutes(routes, services);
    daprEventRoutes(routes, services);
    configurationRoutes(routes, services);
    sourceRoutes(routes, services);
    eventSummaryRoutes(routes, services);
    developmentSecretRoutes(routes, services);
    sdkRoutes(routes, services);
    if (dependencies.codecServer === true) codecRoutes(routes, services);
  });
  if (dependencies.sites) await serveSites(plain, dependencies.sites);
  return plain;
}

/** Ends the streams, and has clients let go of connections whose request was being served. */
function closeGently(app: FastifyInstance, { watches, streams }: ApiServices): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    watches.close();
    streams.close();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close');
  });
}

function servicesOf(dependencies: ApiDependencies): ApiServices {
  const { client, objects, state, events, metrics, scrubber, limits, temporalUiUrl, developmentSecretsFile, host } = dependencies;
  if (developmentSecretsFile !== undefined && !isLoopback(host)) throw DEVELOPMENT_SECRETS_EXPOSED({ host });
  const ui = { url: temporalUiUrl, namespace: client.options.namespace };
  const reader = new RunReader({ client, ui, scrubber });
  const watches = new RunWatches({ read: (workflowId, runId) => reader.read(workflowId, runId), intervalMs: PROGRESS_INTERVAL_MS });
  const running = new RunningExtractions(client);
  const configurations = new ConfigurationStore(state);
  const developmentSecrets = developmentSecretsFile === undefined ? undefined : new DevelopmentSecrets(developmentSecretsFile);
  return { client, objects, state, events, eventRules: new EventRuleStore(state), configurations, developmentSecrets, reader, running, watches, streams: new OpenStreams(limits.maxStreams, metrics), manifests: new ManifestReader(objects), metrics, scrubber, ui, limits };
}
