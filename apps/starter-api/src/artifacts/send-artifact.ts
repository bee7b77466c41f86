import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from '@tributary/clients';
import type { ObjectRef } from '@tributary/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_RANGE_NOT_SATISFIABLE, ARTIFACT_DAMAGED, ARTIFACT_NOT_LINES } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import { acceptsGzip } from './accepts-gzip.js';
import { parseRange } from './byte-range.js';
import { csvColumns, csvText } from './csv.js';

export const ARTIFACT_FORMATS = ['jsonl', 'csv'] as const;
export type ArtifactFormat = (typeof ARTIFACT_FORMATS)[number];

/** To HEAD: a stream, because of anything else the framework would announce the length. */
const noBody = (): Readable => Readable.from([]);

/**
 * Answers with an object: as it is stored, gzipped and in ranges, to clients that take gzip, and unpacked to others.
 * The two are different representations of it, so that only the stored one has a strong ETag and ranges. With a format
 * only an object of JSON lines.
 * @throws CodedError ARTIFACT_NOT_LINES, ARTIFACT_COLUMNS_EXCEEDED, ARTIFACT_DAMAGED, API_RANGE_NOT_SATISFIABLE
 */
export async function sendArtifact(objects: ObjectStore, artifact: ObjectRef, format: ArtifactFormat | undefined, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (format !== undefined && !isLines(artifact)) throw ARTIFACT_NOT_LINES({ format });
  if (format === 'csv') return sendCsv(objects, artifact, request, reply);
  const gzipped = artifact.uri.endsWith('.gz');
  const stored = !gzipped || acceptsGzip(request.headers['accept-encoding']);
  const etag = `${stored ? '' : 'W/'}"${artifact.sha256}"`;
  void reply.header('cache-control', 'private, no-cache').header('vary', 'accept-encoding').header('etag', etag);
  if (matches(request.headers['if-none-match'], artifact.sha256)) return reply.code(304).send();

  await assertStored(objects, artifact);
  void reply.type(artifact.uri.endsWith('.json') ? 'application/json' : 'application/x-ndjson');
  if (!stored) return reply.send(request.method === 'HEAD' ? noBody() : unpacked(objects.get(artifact.uri), request));

  if (gzipped) void reply.header('content-encoding', 'gzip');
  void reply.header('accept-ranges', 'bytes');
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? parseRange(request.headers.range, artifact.bytes) : undefined;
  if (range === 'unsatisfiable') {
    throw new ApiProblem(API_RANGE_NOT_SATISFIABLE({ bytes: artifact.bytes }), {}, { 'content-range': `bytes */${artifact.bytes}` });
  }
  const { start, end } = range ?? { start: 0, end: artifact.bytes - 1 };
  if (range) void reply.code(206).header('content-range', `bytes ${start}-${end}/${artifact.bytes}`);
  void reply.header('content-length', end - start + 1);
  if (request.method === 'HEAD') return reply.send(noBody());
  return reply.send(Readable.from(objects.get(artifact.uri, range ? { start, end } : {}), { objectMode: false }));
}

/** Answers with the records as rows. They are made as they are sent, so that there are no ranges and no strong ETag. */
async function sendCsv(objects: ObjectStore, { uri, sha256, bytes }: ObjectRef, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const etag = `${sha256}.csv`;
  void reply.headers({ 'cache-control': 'private, no-cache', etag: `W/"${etag}"` });
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  await assertStored(objects, { uri, bytes });
  void reply.headers({ 'content-type': 'text/csv; charset=utf-8; header=present', 'content-disposition': `attachment; filename="${fileName(uri)}"` });
  if (request.method === 'HEAD') return reply.send(noBody());
  const columns = await csvColumns(objects, uri, request.signal);
  const text = Readable.from(csvText(objects, uri, columns, request.signal), { objectMode: false });
  text.on('error', (error) => request.log.warn({ err: error }, 'artifact not sent to its end'));
  return reply.send(text);
}

function isLines({ uri }: ObjectRef): boolean {
  return /\.jsonl(?:\.gz)?$/.test(uri);
}

/** Last two segments of the key, in characters that are a file name everywhere. */
function fileName(uri: string): string {
  const name = uri.replace(/\.jsonl(?:\.gz)?$/, '').split('/').slice(-2).join('-');
  return `${name.replaceAll(/[^A-Za-z0-9._-]+/g, '_')}.csv`;
}

/** Unpacks as the client reads. What goes wrong on the way breaks the response off: its status has been sent. */
function unpacked(object: AsyncIterable<Uint8Array>, request: FastifyRequest): Readable {
  const gunzip = createGunzip();
  pipeline(Readable.from(object, { objectMode: false }), gunzip).catch((error: unknown) => {
    request.log.warn({ err: error }, 'artifact not sent to its end');
  });
  return gunzip;
}

async function assertStored(objects: ObjectStore, { uri, bytes }: Pick<ObjectRef, 'uri' | 'bytes'>): Promise<void> {
  const there = await objects.stat(uri);
  if (!there) throw ARTIFACT_DAMAGED({ reason: 'the object is gone' });
  if (there.bytes !== bytes) throw ARTIFACT_DAMAGED({ reason: `the object has ${there.bytes} bytes in place of ${bytes}` });
}

/** Weak comparison, as If-None-Match wants it. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === `"${etag}"`);
}
