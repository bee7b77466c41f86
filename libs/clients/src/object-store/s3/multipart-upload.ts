import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { OBJECT_TOO_LARGE } from '../errors.js';
import { MAX_PARTS, PART_BYTES } from './parts.js';
import type { S3Call, S3Connection } from './s3-connection.js';

/** Where an object goes, and how it is encrypted there. */
export type UploadTarget = CreateMultipartUploadCommandInput & { readonly Bucket: string; readonly Key: string };

/**
 * Uploads parts, one while the next is made, and makes an object of them. Whatever fails, the parts are deleted again; those
 * of a process that was killed stay until the bucket's lifecycle rule takes them.
 * @throws what the parts throw, and what S3Connection does
 */
export async function uploadParts(
  connection: S3Connection,
  store: string,
  target: UploadTarget,
  parts: AsyncIterable<Buffer>,
  { key, signal }: S3Call,
): Promise<void> {
  const { Bucket, Key } = target;
  const { UploadId } = await connection.send((client, abortSignal) => client.send(new CreateMultipartUploadCommand(target), { abortSignal }), { key, signal });
  const ending = new AbortController();
  const call = { key, signal: signal ? AbortSignal.any([signal, ending.signal]) : ending.signal };
  const upload = { Bucket, Key, UploadId };
  const send = async (Body: Buffer, PartNumber: number): Promise<CompletedPart> => {
    if (PartNumber > MAX_PARTS) throw OBJECT_TOO_LARGE({ store, key, limit: `${MAX_PARTS * PART_BYTES} bytes` });
    const { ETag } = await connection.send(
      (client, abortSignal) => client.send(new UploadPartCommand({ ...upload, Body, PartNumber }), { abortSignal }),
      call,
    );
    return { ETag, PartNumber };
  };
  const sent: CompletedPart[] = [];
  let sending: Promise<CompletedPart> | undefined;
  try {
    for await (const part of parts) {
      if (sending) sent.push(await sending);
      sending = send(part, sent.length + 1);
      // It is awaited after the next part is made.
      sending.catch(() => undefined);
    }
    if (sending) sent.push(await sending);
    await connection.send(
      (client, abortSignal) => client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: sent } }), { abortSignal }),
      call,
    );
  } catch (error) {
    // A part that arrives after the upload was given up would stay.
    ending.abort();
    await sending?.catch(() => undefined);
    // The error that counts is the first; where this fails too, the lifecycle rule is left.
    await connection.send((client, abortSignal) => client.send(new AbortMultipartUploadCommand(upload), { abortSignal }), { key }).catch(() => undefined);
    throw error;
  }
}
