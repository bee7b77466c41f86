import { gunzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { MemoryObjectStore } from '@tributary/clients/memory';
import { JsonLinesWriter } from './json-lines-writer.js';

async function read(store: MemoryObjectStore, key: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.get(key)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('JsonLinesWriter', () => {
  it('stores what was written, gzipped, and says exactly what it stored', async () => {
    const store = new MemoryObjectStore();
    const writer = new JsonLinesWriter(store, 'a/part.jsonl.gz');
    await writer.write(['{"n":1}', '{"n":"\u{1F600}"}']);
    await writer.write([]);
    await writer.write(['{"n":3}']);
    const ref = await writer.close();

    const body = await read(store, 'a/part.jsonl.gz');
    expect(gunzipSync(body).toString('utf8')).toBe('{"n":1}\n{"n":"\u{1F600}"}\n{"n":3}\n');
    expect(ref).toEqual({
      uri: 'a/part.jsonl.gz',
      records: 3,
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    });
  });

  it('stores equal bytes for equal lines, however they are cut into writes', async () => {
    const store = new MemoryObjectStore();
    const lines = Array.from({ length: 5_000 }, (_, n) => JSON.stringify({ n, name: `column_${n % 17}` }));
    const atOnce = new JsonLinesWriter(store, 'once');
    await atOnce.write(lines);
    const piecewise = new JsonLinesWriter(store, 'pieces');
    for (let at = 0; at < lines.length; at += 700) await piecewise.write(lines.slice(at, at + 700));
    expect((await atOnce.close()).sha256).toBe((await piecewise.close()).sha256);
  });

  it('passes a failing store on to whoever writes, and to close', async () => {
    const store = new MemoryObjectStore();
    store.put = async (_key, body) => {
      for await (const _ of body as AsyncIterable<Uint8Array>) throw new Error('disk full');
      throw new Error('unreachable');
    };
    const writer = new JsonLinesWriter(store, 'a');
    const noise = Array.from({ length: 20_000 }, () => JSON.stringify({ x: Math.random() }));
    await expect((async () => {
      for (let n = 0; n < 50; n++) await writer.write(noise);
      await writer.close();
    })()).rejects.toThrow('disk full');
  });

  it('leaves nothing behind when it gives up', async () => {
    const store = new MemoryObjectStore();
    const writer = new JsonLinesWriter(store, 'a');
    await writer.write(['{}']);
    await writer.abandon();
    expect(await store.stat('a')).toBeUndefined();
  });
});
