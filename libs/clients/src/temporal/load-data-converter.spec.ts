import { defaultPayloadConverter, type DataConverter, type Payload } from '@temporalio/common';
import { MemorySecretStore } from '../memory/index.js';
import { loadDataConverter } from './index.js';

const key = Buffer.alloc(32, 1).toString('base64');
const secrets = new MemorySecretStore({ local: { keys: JSON.stringify({ k1: key }), broken: '{}' } });
const payloadKeys = 'secret://local/keys';
const payload = defaultPayloadConverter.toPayload('value');

const encode = async ({ payloadCodecs }: DataConverter): Promise<Payload> => (await payloadCodecs![0]!.encode([payload]))[0]!;

describe('loadDataConverter', () => {
  it('encrypts nothing where nothing is configured', async () => {
    expect(await loadDataConverter({ payloadKeys: undefined, payloadKeyId: undefined }, secrets)).toEqual({});
  });

  it('encrypts with the configured key, failures included', async () => {
    const converter = await loadDataConverter({ payloadKeys, payloadKeyId: 'k1' }, secrets);
    const encrypted = await encode(converter);
    expect(Buffer.from(encrypted.metadata!['encoding']!).toString()).toBe('binary/encrypted');
    expect(converter.failureConverterPath).toMatch(/failure-converter\.[jt]s$/);
  });

  it('still decrypts once encryption was switched off, and encrypts no more', async () => {
    const encrypted = await encode(await loadDataConverter({ payloadKeys, payloadKeyId: 'k1' }, secrets));
    const converter = await loadDataConverter({ payloadKeys, payloadKeyId: undefined }, secrets);
    const [decrypted] = await converter.payloadCodecs![0]!.decode([encrypted]);
    expect(defaultPayloadConverter.fromPayload(decrypted!)).toBe('value');
    expect(await encode(converter)).toEqual(payload);
  });

  it.each([
    ['a key id without keys', { payloadKeys: undefined, payloadKeyId: 'k1' } as const, 'PAYLOAD_KEYS_INVALID'],
    ['a key id that is not among them', { payloadKeys, payloadKeyId: 'k2' } as const, 'PAYLOAD_KEYS_INVALID'],
    ['keys that are none', { payloadKeys: 'secret://local/broken', payloadKeyId: 'k1' } as const, 'PAYLOAD_KEYS_INVALID'],
    ['a secret that is not there', { payloadKeys: 'secret://local/nothing', payloadKeyId: 'k1' } as const, 'SECRET_NOT_FOUND'],
  ])('refuses %s', async (_, config, code) => {
    await expect(loadDataConverter(config, secrets)).rejects.toMatchObject({ code });
  });
});
