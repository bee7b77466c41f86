import { SharedReads } from './shared-reads.js';

it('reads once for all who ask meanwhile, and again for who asks later', async () => {
  const reads = new SharedReads<number>();
  let count = 0;
  const read = async (): Promise<number> => Promise.resolve(++count);
  await expect(Promise.all([reads.get('a', read), reads.get('a', read), reads.get('b', read)])).resolves.toEqual([1, 1, 2]);
  await expect(reads.get('a', read)).resolves.toBe(3);
});

it('keeps no error', async () => {
  const reads = new SharedReads<number>();
  const fail = async (): Promise<number> => Promise.reject(new Error('down'));
  const both = await Promise.allSettled([reads.get('a', fail), reads.get('a', fail)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(reads.get('a', () => Promise.resolve(1))).resolves.toBe(1);
});
