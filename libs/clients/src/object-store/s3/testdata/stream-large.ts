import { randomBytes } from 'node:crypto';
import { S3ObjectStore } from '../s3-object-store.js';

/** Streams an object of MEGABYTES to a store and back, and prints by how much that raised the memory of the process, in bytes. */
async function main(): Promise<void> {
  const { ENDPOINT: s3Endpoint = '', MEGABYTES = '' } = process.env;
  const store = new S3ObjectStore({ bucket: 'large', prefix: '' }, { settings: { s3Endpoint } });
  const megabyte = randomBytes(1024 * 1024);
  async function* body(count: number): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < count; index += 1) yield await Promise.resolve(megabyte);
  }
  const roundTrip = async (megabytes: number): Promise<number> => {
    await store.put('object', body(megabytes));
    let bytes = 0;
    for await (const chunk of store.get('object')) bytes += chunk.byteLength;
    return bytes;
  };
  // What code and buffers take once.
  await roundTrip(32);
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const bytes = await roundTrip(Number(MEGABYTES));
  clearInterval(watch);
  process.stdout.write(JSON.stringify({ bytes, before, growth: peak - before }));
}

void main();
