import { Type } from '@sinclair/typebox';
import type { ObjectRef } from '@tributary/common';
import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';
import type { ApiServer } from '../api-server.js';
import { findArtifact } from '../artifacts/find-artifact.js';
import { sendArtifact } from '../artifacts/send-artifact.js';
import { RUN_NOT_PUBLISHED } from '../errors.js';
import { artifactLink } from '../runs/run-links.js';
import { ArtifactListSchema, ref, responses, runParams, runQuery } from '../schemas.js';
import type { ApiServices } from '../services.js';

interface PublishedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly manifestRef: ObjectRef;
  readonly manifest: ExtractionManifest;
}

const artifactParams = Type.Object({
  workflowId: runParams.properties.workflowId,
  '*': Type.String({ minLength: 1, maxLength: 2048, description: 'Key of the artifact, percent-encoded, slashes as they are.' }),
});

const content = { 'application/x-ndjson': { schema: { type: 'string' } }, 'application/json': { schema: {} } };
const stream = (description: string) => ({ description, content }) as never;

/** What a run has published. */
export function artifactRoutes(app: ApiServer, { reader, manifests, objects }: ApiServices): void {
  const published = async (id: string, runIdGiven: string | undefined): Promise<PublishedRun> => {
    const { workflowId, runId, status, result } = await reader.read(id, runIdGiven);
    if (!result) throw RUN_NOT_PUBLISHED({ status });
    return { workflowId, runId, manifestRef: result.manifest, manifest: await manifests.read(result.manifest) };
  };

  app.get(
    '/v1/runs/:workflowId/artifacts',
    {
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
      const { workflowId, runId, manifestRef, manifest } = await published(params.workflowId, query.runId);
      const href = (key: string): string => artifactLink(workflowId, runId, key);
      const { uri: key, sha256, bytes } = manifestRef;
      return {
        manifest: { key, href: href(key), sha256, bytes },
        artifacts: manifest.shards.map(({ uri, ...shard }) => ({ key: uri, href: href(uri), ...shard })),
      };
    },
  );

  app.get(
    '/v1/runs/:workflowId/artifacts/*',
    {
      schema: {
        tags: ['artifacts'],
        operationId: 'readArtifact',
        summary: 'Read an artifact',
        description:
          'Gzipped as stored, with byte ranges, to clients that send Accept-Encoding: gzip; unpacked to others. The ETag is the SHA-256 of the stored bytes.',
        params: artifactParams,
        querystring: runQuery,
        response: responses(
          { 200: stream('The artifact.'), 206: stream('A part of the stored bytes.'), 304: Type.Null({ description: 'Not changed.' }) },
          [404, 409, 416],
        ),
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const { manifest, manifestRef } = await published(params.workflowId, query.runId);
      return sendArtifact(objects, findArtifact(manifest, manifestRef, params['*']), request, reply);
    },
  );
}
