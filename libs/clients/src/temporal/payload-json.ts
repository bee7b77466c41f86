import type { Payload } from '@temporalio/common';
import { CODEC_SERVER_REQUEST_INVALID } from './errors.js';

/** What the Temporal UI and CLI send to a codec server and get from it: bytes are base64. */
export interface PayloadsJson {
  readonly payloads: readonly { readonly metadata: Readonly<Record<string, string>>; readonly data?: string }[];
}

/** Payloads out of the body of a request. @throws CodedError CODEC_SERVER_REQUEST_INVALID */
export function payloadsFromJson(body: unknown): Payload[] {
  const payloads = isObject(body) ? body['payloads'] : undefined;
  if (!Array.isArray(payloads)) throw invalid('it has no list "payloads"');
  return payloads.map((each: unknown, index) => payloadFromJson(each, index));
}

/** The body of an answer. */
export function payloadsToJson(payloads: readonly Payload[]): PayloadsJson {
  return {
    payloads: payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, toBase64(value)])),
      ...(data && data.length > 0 ? { data: toBase64(data) } : {}),
    })),
  };
}

function payloadFromJson(value: unknown, index: number): Payload {
  if (!isObject(value)) throw invalid(`payload ${index + 1} is no object`);
  const metadata = value['metadata'] ?? {};
  if (!isObject(metadata)) throw invalid(`the metadata of payload ${index + 1} is no object`);
  return {
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, each]) => [name, fromBase64(each, index)])),
    ...(value['data'] === undefined || value['data'] === null ? {} : { data: fromBase64(value['data'], index) }),
  };
}

function fromBase64(value: unknown, index: number): Uint8Array {
  if (typeof value !== 'string') throw invalid(`payload ${index + 1} has something that is not base64`);
  return new Uint8Array(Buffer.from(value, 'base64'));
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(reason: string): Error {
  return CODEC_SERVER_REQUEST_INVALID({ reason });
}
