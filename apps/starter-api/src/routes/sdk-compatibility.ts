import type { ApiServer } from '../api-server.js';
import { SDK_UNSUPPORTED } from '../errors.js';
import { extractionOrder } from '../runs/extraction-order.js';
import { startRun } from '../runs/run-starter.js';
import { ref } from '../schemas.js';
import { identityOf, outcomesOf, refusedCheck } from '../sdk-compatibility/check-outcomes.js';
import { credentialsOf } from '../sdk-compatibility/credentials.js';
import { intoEnvelope, sdkResponses } from '../sdk-compatibility/envelope.js';
import { listSchemas } from '../sdk-compatibility/list-schemas.js';
import { runStatus, stopRun } from '../sdk-compatibility/run-control.js';
import {
  authBody,
  checkBody,
  configBody,
  configParams,
  configQuery,
  metadataBody,
  SdkAuthSchema,
  SdkCheckSchema,
  SdkConfigSchema,
  SdkMetadataSchema,
  sdkRunParams,
  SdkStartSchema,
  SdkStatusSchema,
  SdkStopSchema,
  startBody,
  startQuery,
} from '../sdk-compatibility/schemas.js';
import { SdkConfigs } from '../sdk-compatibility/sdk-configs.js';
import { extractionOf, questionOf } from '../sdk-compatibility/translate.js';
import { startBodyOf } from '../sdk-compatibility/start-body.js';
import type { ApiServices } from '../services.js';
import { askSource } from '../sources/ask-source.js';
import { checkSource } from '../sources/source-questions.js';

const tags = ['sdk'];
const preSerialization = intoEnvelope;
/** Their bodies hold references below a name that says credentials: each route looks for values itself. */
const asks = { access: 'operator', takesCredentials: true } as const;

const ENTRY_POINTS = ['extract-metadata', 'extract-sql-metadata'];

/** The routes of the Python SDK, over the services of the others. */
export function sdkRoutes(app: ApiServer, services: ApiServices): void {
  const { client, ui, reader, state } = services;
  const configs = new SdkConfigs(state);

  app.post(
    '/workflows/v1/auth',
    {
      config: asks,
      preSerialization,
      schema: { tags, operationId: 'sdkAuth', summary: 'Test credentials', body: authBody, response: sdkResponses({ 200: ref(SdkAuthSchema) }, [413, 415, 422, 502, 504]) },
    },
    async ({ body }) => {
      const { source } = questionOf(body);
      const identity = identityOf(await askSource({ client, ui }, checkSource, { source }), source.user);
      return { success: true as const, message: 'Authentication successful', data: identity };
    },
  );

  app.post(
    '/workflows/v1/metadata',
    {
      config: asks,
      preSerialization,
      schema: { tags, operationId: 'sdkMetadata', summary: 'List databases and schemas', body: metadataBody, response: sdkResponses({ 200: ref(SdkMetadataSchema) }, [413, 415, 422, 502, 504]) },
    },
    async ({ body }) => {
      const { source } = questionOf(body);
      // In a flat body "database" is where to sign in, and with a type what to list, too.
      const data = await listSchemas({ client, ui }, source, body['type'], body['database']);
      return { success: true as const, message: `Fetched ${data.length} objects`, data };
    },
  );

  app.post(
    '/workflows/v1/check',
    {
      config: asks,
      preSerialization,
      schema: { tags, operationId: 'sdkCheck', summary: 'Check a source before its extraction', body: checkBody, response: sdkResponses({ 200: ref(SdkCheckSchema) }, [413, 415, 422, 502, 504]) },
    },
    async ({ body }) => {
      const check = await askSource({ client, ui }, checkSource, questionOf(body));
      if (!check.ok) throw refusedCheck(check);
      return { success: true as const, message: 'Preflight check ready', data: outcomesOf(check) };
    },
  );

  app.post(
    '/workflows/v1/start',
    {
      config: asks,
      preSerialization,
      schema: {
        tags,
        operationId: 'sdkStart',
        summary: 'Start an extraction',
        querystring: startQuery,
        body: startBody,
        response: sdkResponses({ 200: ref(SdkStartSchema) }, [404, 409, 413, 415]),
      },
    },
    async (request) => {
      const { entrypoint } = request.query;
      if (entrypoint !== undefined && !ENTRY_POINTS.includes(entrypoint)) throw SDK_UNSUPPORTED({ what: 'another entrypoint', instead: `Leave it out, or send ${ENTRY_POINTS.join(' or ')}.` });
      const { body, credentials } = await startBodyOf(request.body, configs);
      const run = await startRun(client, extractionOrder(services, extractionOf(body, credentials), undefined));
      request.log.info({ workflowId: run.workflowId, runId: run.runId }, 'run started');
      const { correlation_id: correlation } = request.body;
      return {
        success: true as const,
        message: 'Workflow started successfully',
        data: { workflow_id: run.workflowId, run_id: run.runId },
        correlation_id: typeof correlation === 'string' && correlation.length <= 200 ? correlation : request.id,
      };
    },
  );

  app.get(
    '/workflows/v1/status/:workflowId/:runId',
    {
      config: { access: 'viewer' },
      preSerialization,
      schema: { tags, operationId: 'sdkStatus', summary: 'Status of a run', params: sdkRunParams, response: sdkResponses({ 200: ref(SdkStatusSchema) }, [404]) },
    },
    async ({ params }) => ({ success: true as const, message: 'Workflow status fetched successfully', data: await runStatus(reader, params) }),
  );

  app.post(
    '/workflows/v1/stop/:workflowId/:runId',
    {
      config: { access: 'operator' },
      preSerialization,
      schema: {
        tags,
        operationId: 'sdkStop',
        summary: 'Ask a run to stop',
        params: sdkRunParams,
        response: sdkResponses({ 200: ref(SdkStopSchema) }, [404, 409, 413, 415]),
      },
    },
    async ({ params, log }) => {
      await stopRun(client, reader, params);
      log.info(params, 'run asked to cancel');
      return { success: true as const, message: 'Workflow terminated successfully' };
    },
  );

  app.get(
    '/workflows/v1/config/:id',
    {
      config: { access: 'viewer' },
      preSerialization,
      schema: {
        tags,
        operationId: 'sdkGetConfig',
        summary: 'Read a configuration in the form of the SDK',
        params: configParams,
        querystring: configQuery,
        response: sdkResponses({ 200: ref(SdkConfigSchema) }, [404]),
      },
    },
    async ({ params, query: { type = 'workflows' } }) => ({ success: true as const, message: 'Workflow configuration fetched successfully', data: await configs.get(type, params.id) }),
  );

  app.post(
    '/workflows/v1/config/:id',
    {
      config: { access: 'admin', takesCredentials: true },
      preSerialization,
      schema: {
        tags,
        operationId: 'sdkPostConfig',
        summary: 'Merge into a configuration in the form of the SDK',
        params: configParams,
        querystring: configQuery,
        body: configBody,
        response: sdkResponses({ 200: ref(SdkConfigSchema) }, [409, 413, 415]),
      },
    },
    async ({ params, query: { type = 'workflows' }, body }) => {
      const changes = type === 'credentials' ? (credentialsOf(body) ?? body) : body;
      return { success: true as const, message: 'Workflow configuration updated successfully', data: await configs.merge(type, params.id, changes) };
    },
  );
}
