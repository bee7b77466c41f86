import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { PAYLOAD_DECRYPTION_FAILED, PAYLOAD_KEYS_INVALID, PAYLOAD_KEY_UNKNOWN } from './errors.js';
import { isKeyId, type PayloadKeys } from './payload-keys.js';

const ENCODING = 'binary/encrypted';
const KEY_ID_FIELD = 'encryption-key-id';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const PayloadMessage = temporal.api.common.v1.Payload;

/**
 * A payload codec with AES-256-GCM. A payload is encrypted whole, its metadata included; the key's id stands beside it in
 * the clear and is authenticated. Data: 12 bytes of random IV, 16 bytes of tag, the ciphertext. One key may encrypt
 * 2^32 payloads; rotate it long before. Payloads that are not encrypted pass through decoding, so that encryption can be
 * switched on while workflows run.
 * @param activeKeyId the key that encrypts; every key decrypts
 * @throws CodedError PAYLOAD_KEYS_INVALID when the active key is not among `keys`
 */
export function createEncryptionCodec(keys: PayloadKeys, activeKeyId: string): PayloadCodec {
  const active = keys.get(activeKeyId);
  if (!active) throw PAYLOAD_KEYS_INVALID({ reason: `the active key "${activeKeyId}" is not among ${[...keys.keys()].join(', ')}` });
  return {
    encode: (payloads) => Promise.resolve(payloads.map((payload) => encrypt(payload, activeKeyId, active))),
     
    decode: async (payloads) => payloads.map((payload) => decrypt(payload, keys)),
  };
}

function encrypt(payload: Payload, keyId: string, key: KeyObject): Payload {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(authenticated(keyId));
  const ciphertext = Buffer.concat([cipher.update(PayloadMessage.encode(payload).finish()), cipher.final()]);
  return {
    metadata: { encoding: Buffer.from(ENCODING), [KEY_ID_FIELD]: Buffer.from(keyId) },
    data: Buffer.concat([iv, cipher.getAuthTag(), ciphertext]),
  };
}

function decrypt(payload: Payload, keys: PayloadKeys): Payload {
  if (textOf(payload.metadata?.['encoding']) !== ENCODING) return payload;
  const keyId = textOf(payload.metadata?.[KEY_ID_FIELD]);
  const key = keys.get(keyId);
  if (!key) throw PAYLOAD_KEY_UNKNOWN({ keyId: isKeyId(keyId) ? keyId : '(malformed)', known: [...keys.keys()] });
  const data = payload.data ?? new Uint8Array();
  if (data.length < IV_BYTES + TAG_BYTES) throw PAYLOAD_DECRYPTION_FAILED({ keyId, reason: 'it is too short' });
  const decipher = createDecipheriv(CIPHER, key, data.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(authenticated(keyId))
    .setAuthTag(data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(data.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return PayloadMessage.decode(plain);
  } catch (error) {
    throw PAYLOAD_DECRYPTION_FAILED({ keyId, reason: 'it was changed, or made with another key of that id' }, { cause: error });
  }
}

function authenticated(keyId: string): Buffer {
  return Buffer.from(`${ENCODING}\n${keyId}`);
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return bytes ? Buffer.from(bytes).toString() : '';
}
