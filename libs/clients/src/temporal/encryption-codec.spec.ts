import { inspect } from 'node:util';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { Secret } from '@tributary/common';
import fc from 'fast-check';
import { createEncryptionCodec } from './encryption-codec.js';
import { parsePayloadKeys } from './payload-keys.js';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const keysOf = (keys: Record<string, unknown>) => parsePayloadKeys(new Secret(JSON.stringify(keys)));
const codec = createEncryptionCodec(keysOf({ k1: key(1), k2: key(2) }), 'k1');
const payload = (value: unknown): Payload => defaultPayloadConverter.toPayload<unknown>(value);
const keyIdOf = ({ metadata }: Payload): string => Buffer.from(metadata?.['encryption-key-id'] ?? []).toString();

/** The one payload of a call, with plain arrays for comparison. */
async function one(work: Promise<Payload[]>): Promise<Payload> {
  const [first] = await work;
  return first!;
}

describe('the encryption codec', () => {
  it('gives back what it encrypted, whatever that was', async () => {
    const bytes = fc.uint8Array({ maxLength: 2_000 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), bytes), bytes, async (metadata, data) => {
        const [encrypted] = await codec.encode([{ metadata, data }]);
        const decrypted = await one(codec.decode([encrypted!]));
        const plain = ({ metadata: names, data: content }: Payload) => ({
          metadata: Object.entries(names ?? {}).map(([name, value]) => [name, [...value]]).sort(),
          data: [...(content ?? [])],
        });
        expect(plain(decrypted)).toEqual(plain({ metadata, data }));
      }),
    );
  });

  it('shows nothing of the value or its metadata', async () => {
    const encrypted = await one(codec.encode([payload('canary-4711')]));
    expect(Object.keys(encrypted.metadata ?? {}).sort()).toEqual(['encoding', 'encryption-key-id']);
    expect(Buffer.from(encrypted.metadata?.['encoding'] ?? []).toString()).toBe('binary/encrypted');
    expect(keyIdOf(encrypted)).toBe('k1');
    expect(Buffer.from(encrypted.data ?? []).toString('latin1')).not.toMatch(/canary|json/);
  });

  it('never encrypts twice alike', async () => {
    const many = await codec.encode(Array.from({ length: 200 }, () => payload('same')));
    const ivs = many.map(({ data }) => Buffer.from(data ?? []).subarray(0, 12).toString('hex'));
    expect(new Set(ivs).size).toBe(200);
  });

  it('decrypts with every key, and encrypts with the active one', async () => {
    const rotated = createEncryptionCodec(keysOf({ k1: key(1), k2: key(2) }), 'k2');
    const old = await one(codec.encode([payload('value')]));
    const fresh = await one(rotated.encode([payload('value')]));
    expect([keyIdOf(old), keyIdOf(fresh)]).toEqual(['k1', 'k2']);
    const decrypted = await rotated.decode([old, fresh]);
    expect(decrypted.map((each) => defaultPayloadConverter.fromPayload(each))).toEqual(['value', 'value']);
  });

  it('lets payloads pass that were never encrypted', async () => {
    const plain = payload('written before encryption');
    expect(await codec.decode([plain])).toEqual([plain]);
  });

  it('finds a change of any byte', async () => {
    const encrypted = await one(codec.encode([payload('x')]));
    for (let at = 0; at < encrypted.data!.length; at += 1) {
      const data = Uint8Array.from(encrypted.data!);
      data[at]! ^= 1;
      await expect(codec.decode([{ ...encrypted, data }])).rejects.toMatchObject({ code: 'PAYLOAD_DECRYPTION_FAILED', parameters: { keyId: 'k1' } });
    }
  });

  it.each([0, 12, 27])('finds a payload cut to %d bytes', async (length) => {
    const encrypted = await one(codec.encode([payload('x')]));
    await expect(codec.decode([{ ...encrypted, data: encrypted.data!.subarray(0, length) }])).rejects.toMatchObject({ code: 'PAYLOAD_DECRYPTION_FAILED' });
  });

  it('finds a key id that was exchanged, also for the same key', async () => {
    const twins = createEncryptionCodec(keysOf({ k1: key(1), twin: key(1) }), 'k1');
    const encrypted = await one(twins.encode([payload('x')]));
    const exchanged = { ...encrypted, metadata: { ...encrypted.metadata, 'encryption-key-id': Buffer.from('twin') } };
    await expect(twins.decode([exchanged])).rejects.toMatchObject({ code: 'PAYLOAD_DECRYPTION_FAILED' });
  });

  it('names a key that it does not have', async () => {
    const other = createEncryptionCodec(keysOf({ k9: key(9) }), 'k9');
    const [encrypted] = await codec.encode([payload('x')]);
    await expect(other.decode([encrypted!])).rejects.toMatchObject({ code: 'PAYLOAD_KEY_UNKNOWN', message: expect.stringMatching(/"k1".*k9/) as string });
  });

  it('does not repeat what is no key id at all', async () => {
    const [encrypted] = await codec.encode([payload('x')]);
    const odd = { ...encrypted!, metadata: { ...encrypted!.metadata, 'encryption-key-id': Buffer.from('<script>') } };
    await expect(codec.decode([odd])).rejects.toMatchObject({ parameters: { keyId: '(malformed)' } });
  });

  it('needs its active key', () => {
    expect(() => createEncryptionCodec(keysOf({ k1: key(1) }), 'k2')).toThrow(/active key "k2" is not among k1/);
  });
});

describe('parsePayloadKeys', () => {
  it.each([
    ['no JSON', 'c2VjcmV0LWtleQ==', /not JSON/],
    ['a list', '[]', /not a JSON object/],
    ['null', 'null', /not a JSON object/],
    ['no key', '{}', /there is none/],
    ['a short key', JSON.stringify({ k1: Buffer.alloc(16).toString('base64') }), /"k1" has 16 bytes/],
    ['a key in base64url', JSON.stringify({ k1: Buffer.alloc(32, 255).toString('base64url') }), /not base64/],
    ['a key with a line break', JSON.stringify({ k1: `${key(1)}\n` }), /not base64/],
    ['a number', '{"k1":1}', /no text/],
    ['an odd id', JSON.stringify({ 'a b': key(1) }), /key id of 3 characters/],
  ])('refuses %s and repeats none of it', (_, text, message) => {
    const parse = () => parsePayloadKeys(new Secret(text));
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ code: 'PAYLOAD_KEYS_INVALID' }) as Error);
    expect(parse).not.toThrow(/c2VjcmV0|AAAA/);
  });

  it('keeps keys that do not print', () => {
    expect(inspect(keysOf({ k1: key(1) }), { depth: 9, showHidden: true })).not.toMatch(/AQEB|0101|01 01/);
  });
});
