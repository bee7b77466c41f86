import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';

/** Values of payloads that the client has not decoded itself, through its own codecs and converter. */
export async function decodePayloads(client: Client, payloads: readonly Payload[]): Promise<unknown[]> {
  const { payloadCodecs, payloadConverter } = client.options.loadedDataConverter;
  let decoded = [...payloads];
  for (const codec of [...payloadCodecs].reverse()) decoded = await codec.decode(decoded);
  return decoded.map((payload) => payloadConverter.fromPayload<unknown>(payload));
}
