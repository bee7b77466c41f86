import type { DataConverter, PayloadCodec } from '@temporalio/common';
import type { SecretRef } from '@tributary/common';
import type { SecretStore } from '../ports.js';
import { createDataConverter } from './data-converter.js';
import { createEncryptionCodec } from './encryption-codec.js';
import { PAYLOAD_KEYS_INVALID } from './errors.js';
import { parsePayloadKeys } from './payload-keys.js';

/** Payload encryption as an app's environment configures it. */
export interface EncryptionConfig {
  /** Where the keys are. */
  readonly payloadKeys: SecretRef | undefined;
  /** Key that encrypts; without it payloads are only decrypted. */
  readonly payloadKeyId: string | undefined;
}

/**
 * The data converter that the configuration asks for, with the keys out of the secret store.
 * @throws CodedError PAYLOAD_KEYS_INVALID, and the secret store's
 */
export async function loadDataConverter({ payloadKeys, payloadKeyId }: EncryptionConfig, secrets: SecretStore): Promise<DataConverter> {
  if (payloadKeys === undefined) {
    if (payloadKeyId === undefined) return createDataConverter();
    throw PAYLOAD_KEYS_INVALID({ reason: 'TRIBUTARY_PAYLOAD_KEY_ID names a key, but TRIBUTARY_PAYLOAD_KEYS is not set' });
  }
  const keys = parsePayloadKeys(await secrets.resolve(payloadKeys));
  if (payloadKeyId !== undefined) return createDataConverter({ codec: createEncryptionCodec(keys, payloadKeyId) });
  const [anyKeyId = ''] = keys.keys();
  return { payloadCodecs: [decryptOnly(createEncryptionCodec(keys, anyKeyId))] };
}

/** For the time after encryption was switched off, while old histories are still read. */
function decryptOnly(codec: PayloadCodec): PayloadCodec {
  return { encode: (payloads) => Promise.resolve(payloads), decode: (payloads) => codec.decode(payloads) };
}
