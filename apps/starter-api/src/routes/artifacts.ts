import { Type } from '@sinclair/typebox';
import type { ApiServer } from '../api-server.js';
import { findArtifact, publishedBy, type Published } from '../artifacts/published.js';
import { ARTIFACT_FORMATS, sendArtifact, type ArtifactFormat } from '../artifacts/send-artifact.js';
import { RUN_NOT_PUBLISHED } from '../errors.js';
import { artifactLink } from '../runs/run-links.js';
import { ArtifactListSchema, ref, responses, runParams, runQuery } from '../schemas.js';
import type { ApiServices } from '../services.js';
import { DOWNLOAD_TIMEOUT_MS } from '../stream-timeouts.js';

interface PublishedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly published: Published;
}

const artifactParams = Type.Object({
  workflowId: runParams.properties.workflowId,
  '*': Type.String({ minLength: 1, maxLength: 2048, description: 'Key of the artifact, percent-encoded, slashes as they are.' }),
});

const artifactQuery = Type.Object(
  {
    ...runQuery.properties,
    format: Type.Optional(
      Type.Unsafe<ArtifactFormat>({ type: 'string', enum: [...ARTIFACT_FORMATS], description: 'What an artifact of JSON lines is sent as. Without it as it is.' }),
    ),
  },
  { additionalProperties: false },
);

const content = { 'text/csv': { schema: { type: 'string' } }, 'application/x-ndjson': { schema: { type: 'string' } }, 'application/json': { schema: {} } };
const stream = (description: string) => ({ description, content }) as never;

/** What a run has published. */
export function artifactRoutes(app: ApiServer, { reader, manifests, objects }: ApiServices): void {
  const read = async (id: string, runIdGiven: string | undefined): Promise<PublishedRun> => {
    const { workflowId, runId, status, result } = await reader.read(id, runIdGiven);
    if (!result) throw RUN_NOT_PUBLISHED({ status });
    return { workflowId, runId, published: await publishedBy(result, manifests) };
  };

  app.get(
    '/v1/runs/:workflowId/artifacts',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['artifacts'],
        operationId: 'listArtifacts',
        summary: 'List what a run has published',
        params: runParams,
        querystring: runQuery,
        response: responses({ 200: ref(ArtifactListSchema) }, [404, 409]),
      },
    },
    async ({ params, query }) => {
      const { workflowId, runId, published } = await read(params.workflowId, query.runId);
      const { manifest, artifacts } = published;
      const place = (key: string) => ({ key, href: artifactLink(workflowId, runId, key) });
      return {
        ...(manifest ? { manifest: { ...place(manifest.uri), sha256: manifest.sha256, bytes: manifest.bytes } } : {}),
        artifacts: artifacts.map(({ uri, ...artifact }) => ({ ...place(uri), ...artifact })),
      };
    },
  );

  app.get(
    '/v1/runs/:workflowId/artifacts/*',
    {
      config: { access: 'viewer' },
      handlerTimeout: DOWNLOAD_TIMEOUT_MS,
      schema: {
        tags: ['artifacts'],
        operationId: 'readArtifact',
        summary: 'Read an artifact',
        description:
          'Gzipped as stored, with byte ranges, to clients that send Accept-Encoding: gzip; unpacked to others. The ETag is the SHA-256 of the stored bytes. With format=csv (RFC 4180) nested properties are columns named by their path (attributes.name), lists are JSON, and text that a spreadsheet would take for a formula, because it begins with = + - @ or a control character, has an apostrophe before it: programs take JSON lines, which hold everything as it is.',
        params: artifactParams,
        querystring: artifactQuery,
        response: responses(
          { 200: stream('The artifact.'), 206: stream('A part of the stored bytes.'), 304: Type.Null({ description: 'Not changed.' }) },
          [404, 409, 416],
        ),
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const { published } = await read(params.workflowId, query.runId);
      return sendArtifact(objects, findArtifact(published, params['*']), query.format, request, reply);
    },
  );
}
