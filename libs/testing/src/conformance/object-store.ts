import { describe, expect, it } from '@jest/globals';
import type { ObjectStore } from '@tributary/clients';
import { collect, patternedBytes, sha256, toList, unevenChunks } from './bytes.js';
import type { MakeSubject } from './subject.js';
import { useSubject } from './use-subject.js';

export interface ObjectStoreCapabilities {
  /** Size of a large object that the store must take, in bytes. @default 5 MiB */
  readonly largeBytes?: number;
  /** Whether replacing an object is atomic for readers; false only for stores that cannot help it. @default true */
  readonly atomicReplace?: boolean;
}

/** A large object may take longer than other tests. */
const LARGE_MS = 60_000;

const ODD_KEYS = [
  'plain.txt',
  '.hidden',
  '...',
  'with space/and  two',
  'per%20cent/%/%2F%2e%2e/100%',
  'quotes\'"`/{}[]()/$&;!#?*<>|:',
  'Ünïcödé/表/😀/مرحبا',
  'nfc-\u00e9',
  'nfd-e\u0301',
  'Case/KEY',
  'case/key',
  `long/${'x'.repeat(255)}`,
  `emoji/${'😀'.repeat(63)}`,
  `encoded/${encodeURIComponent('é'.repeat(31))}`,
];

const BAD_KEYS: readonly [string, string][] = [
  ['nothing', ''],
  ['a leading slash', '/a'],
  ['a trailing slash', 'a/'],
  ['an empty segment', 'a//b'],
  ['the parent', '../a'],
  ['the parent within', 'a/../../b'],
  ['itself', './a'],
  ['NUL', 'a\u0000b'],
  ['a line break', 'a\nb'],
  ['a C1 control', 'a\u0085b'],
  ['a backslash', 'a\\b'],
  ['half a surrogate pair', 'a\ud83d'],
  ['a segment of 256 bytes', 'x'.repeat(256)],
  ['more than 1024 bytes', 'abcdefg/'.repeat(128) + 'x'],
  ["the store's own folder", '.tributary-staging/a'],
];

/** What every ObjectStore does. */
export function describeObjectStore(name: string, make: MakeSubject<ObjectStore>, capabilities: ObjectStoreCapabilities = {}): void {
  const { largeBytes = 5 * 1024 * 1024, atomicReplace = true } = capabilities;
  describe(`ObjectStore ${name}`, () => {
    const store = useSubject(make);
    const read = (key: string, range = {}): Promise<Buffer> => collect(store().get(key, range));
    const keysBelow = async (prefix: string): Promise<string[]> => (await toList(store().list(prefix))).map(({ key }) => key);

    describe('put and get', () => {
      it('keeps every byte value and says what it stored', async () => {
        const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
        expect(await store().put('bytes/all', bytes)).toEqual({ key: 'bytes/all', bytes: 256, sha256: sha256(bytes) });
        expect(await read('bytes/all')).toEqual(Buffer.from(bytes));
        expect(await store().stat('bytes/all')).toEqual({ key: 'bytes/all', bytes: 256 });
      });

      it('keeps an empty object', async () => {
        expect(await store().put('bytes/none', new Uint8Array())).toEqual({ key: 'bytes/none', bytes: 0, sha256: sha256(new Uint8Array()) });
        expect(await read('bytes/none')).toHaveLength(0);
        expect(await store().stat('bytes/none')).toEqual({ key: 'bytes/none', bytes: 0 });
      });

      it(`streams ${largeBytes} bytes in uneven chunks`, async () => {
        const bytes = patternedBytes(largeBytes);
        const stored = await store().put('bytes/large', unevenChunks(bytes));
        expect(stored).toEqual({ key: 'bytes/large', bytes: largeBytes, sha256: sha256(bytes) });
        expect(sha256(await read('bytes/large'))).toBe(stored.sha256);
      }, LARGE_MS);

      it('replaces an object by a shorter one', async () => {
        await store().put('bytes/replaced', patternedBytes(1000));
        await store().put('bytes/replaced', Buffer.from('short'));
        expect((await read('bytes/replaced')).toString()).toBe('short');
      });

      it('keeps one of two objects written at once, whole', async () => {
        const bodies = [patternedBytes(300_000, 1), patternedBytes(200_000, 2)];
        await Promise.all(bodies.map((body) => store().put('bytes/raced', unevenChunks(body))));
        expect(bodies.map(sha256)).toContain(sha256(await read('bytes/raced')));
      });

      const neverShowsHalf = async (): Promise<void> => {
        const bodies = [patternedBytes(200_000, 3), patternedBytes(100_000, 4)];
        await store().put('bytes/watched', bodies[0] as Buffer);
        let isWriting = true;
        const write = async (): Promise<void> => {
          for (let round = 0; round < 20; round += 1) await store().put('bytes/watched', unevenChunks(bodies[round % 2] as Buffer));
          isWriting = false;
        };
        const seen = new Set<string>();
        const watch = async (): Promise<void> => {
          while (isWriting) seen.add(sha256(await read('bytes/watched')));
        };
        await Promise.all([write(), watch()]);
        const expected = bodies.map(sha256);
        expect([...seen].filter((hash) => !expected.includes(hash))).toEqual([]);
      };
      if (atomicReplace) it('never shows a reader half an object', neverShowsHalf);
    });

    describe('ranges', () => {
      it.each([
        [{ start: 0, end: 0 }, '0'],
        [{ start: 2, end: 4 }, '234'],
        [{ start: 7 }, '789'],
        [{ end: 3 }, '0123'],
        [{ start: 8, end: 100 }, '89'],
        [{ start: 10 }, ''],
      ])('%j', async (range, expected) => {
        await store().put('ranges/digits', Buffer.from('0123456789'));
        expect((await read('ranges/digits', range)).toString()).toBe(expected);
      });

      it.each([{ start: -1 }, { start: 5, end: 4 }, { start: 1.5 }, { end: Number.NaN }])('refuses %j', async (range) => {
        await expect(read('ranges/digits', range)).rejects.toMatchObject({ code: 'OBJECT_RANGE_INVALID' });
      });
    });

    describe('what is not there', () => {
      it('is an error to get, nothing to stat, and no trouble to delete or list', async () => {
        await expect(read('missing/object')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
        expect(await store().stat('missing/object')).toBeUndefined();
        await store().delete('missing/object');
        expect(await keysBelow('missing/')).toEqual([]);
      });

      it('is also a folder of objects, and what would lie below an object', async () => {
        await store().put('folder/of/object', Buffer.from('x'));
        for (const key of ['folder/of', 'folder/of/object/below']) {
          await expect(read(key)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
          expect(await store().stat(key)).toBeUndefined();
          await store().delete(key);
        }
        expect((await read('folder/of/object')).toString()).toBe('x');
      });

      it('is gone after delete', async () => {
        await store().put('deleted/object', Buffer.from('x'));
        await store().delete('deleted/object');
        expect(await store().stat('deleted/object')).toBeUndefined();
        expect(await keysBelow('deleted')).toEqual([]);
      });
    });

    describe('list', () => {
      const sorted = ['list/B/1', 'list/b-c/1', 'list/b.d', 'list/b/1', 'list/b/a/2', 'list/b/ä', 'list/b/～', 'list/b/😀'];

      it('is in the order of the UTF-8 bytes of the keys, with their sizes', async () => {
        for (const [index, key] of [...sorted].reverse().entries()) await store().put(key, patternedBytes(index));
        expect(await toList(store().list('list/'))).toEqual(sorted.map((key, index) => ({ key, bytes: sorted.length - 1 - index })));
      });

      it.each([
        ['list/b', sorted.slice(1)],
        ['list/b/', sorted.slice(3)],
        ['list/b/a', ['list/b/a/2']],
        ['list/b/a/2', ['list/b/a/2']],
        ['list/none', []],
        ['list/b/1/', []],
      ])('gives what begins with %s', async (prefix, expected) => {
        expect(await keysBelow(prefix)).toEqual(expected);
      });

      it('can be left early', async () => {
        for await (const { key } of store().list('list/')) {
          expect(key).toBe(sorted[0]);
          break;
        }
      });
    });

    describe('keys', () => {
      it.each(ODD_KEYS)('takes %s', async (key) => {
        const bytes = Buffer.from(key);
        await store().put(`odd/${key}`, bytes);
        expect(await read(`odd/${key}`)).toEqual(bytes);
        expect(await store().stat(`odd/${key}`)).toEqual({ key: `odd/${key}`, bytes: bytes.length });
      });

      it('keeps odd keys apart and lists them as they were given', async () => {
        for (const key of ODD_KEYS) await store().put(`apart/${key}`, Buffer.from('x'));
        const expected = ODD_KEYS.map((key) => `apart/${key}`);
        expect(new Set(await keysBelow('apart/'))).toEqual(new Set(expected));
        expect(await keysBelow('apart/')).toHaveLength(expected.length);
      });

      it.each(BAD_KEYS)('refuses one with %s', async (_, key) => {
        const refused = { code: 'OBJECT_KEY_INVALID' };
        await expect(store().put(key, Buffer.from('x'))).rejects.toMatchObject(refused);
        await expect(read(key)).rejects.toMatchObject(refused);
        await expect(store().stat(key)).rejects.toMatchObject(refused);
        await expect(store().delete(key)).rejects.toMatchObject(refused);
      });

      it('refuses an object where a folder of objects is, and the reverse', async () => {
        await store().put('conflict/a/b', Buffer.from('kept'));
        await expect(store().put('conflict/a', Buffer.from('x'))).rejects.toMatchObject({ code: 'OBJECT_KEY_CONFLICT' });
        await expect(store().put('conflict/a/b/c', Buffer.from('x'))).rejects.toMatchObject({ code: 'OBJECT_KEY_CONFLICT' });
        expect((await read('conflict/a/b')).toString()).toBe('kept');
        expect(await keysBelow('conflict')).toEqual(['conflict/a/b']);
      });
    });

    describe('a put that does not end well', () => {
      const broken = new Error('the source broke');
      async function* breaking(): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(patternedBytes(100_000));
        throw broken;
      }

      it('leaves nothing when the body fails', async () => {
        await expect(store().put('failed/new', breaking())).rejects.toBe(broken);
        expect(await store().stat('failed/new')).toBeUndefined();
        expect(await keysBelow('failed')).toEqual([]);
      });

      it('keeps the object that was there', async () => {
        await store().put('failed-before/old', Buffer.from('old'));
        await expect(store().put('failed-before/old', breaking())).rejects.toBe(broken);
        expect((await read('failed-before/old')).toString()).toBe('old');
      });

      it('leaves nothing when it is aborted, and ends the body', async () => {
        const controller = new AbortController();
        let isEnded = false;
        async function* endless(): AsyncGenerator<Uint8Array> {
          try {
            for (let chunk = 0; ; chunk += 1) {
              if (chunk === 3) controller.abort(new Error('enough'));
              yield await Promise.resolve(patternedBytes(1000));
            }
          } finally {
            isEnded = true;
          }
        }
        await expect(store().put('aborted/object', endless(), { signal: controller.signal })).rejects.toThrow('enough');
        expect(isEnded).toBe(true);
        expect(await keysBelow('aborted')).toEqual([]);
      });

      it('does not begin under a signal that is already aborted', async () => {
        const signal = AbortSignal.abort(new Error('too late'));
        await expect(store().put('aborted/before', Buffer.from('x'), { signal })).rejects.toThrow('too late');
        await expect(collect(store().get('bytes/all', { signal }))).rejects.toThrow('too late');
        await expect(store().stat('bytes/all', { signal })).rejects.toThrow('too late');
        await expect(toList(store().list('', { signal }))).rejects.toThrow('too late');
        await expect(store().delete('bytes/all', { signal })).rejects.toThrow('too late');
        expect(await store().stat('aborted/before')).toBeUndefined();
      });
    });
  });
}
