import { describe, expect, it } from '@jest/globals';
import type { StateStore } from '@tributary/clients';
import type { MakeSubject } from './subject.js';
import { useSubject } from './use-subject.js';

const VALUES: readonly [string, unknown][] = [
  ['null', null],
  ['false', false],
  ['zero', 0],
  ['a fraction', -1.5e-7],
  ['the largest safe integer', Number.MAX_SAFE_INTEGER],
  ['empty text', ''],
  ['text that is JSON', '{"a":1}'],
  ['Unicode', 'é 表 😀 \u0000 \u2028'],
  ['an empty list', []],
  ['nesting', { list: [1, [2, { three: null }]], 'odd key "\n': true }],
  ['every byte', Uint8Array.from({ length: 256 }, (_, index) => index)],
  ['bytes within', { at: new Uint8Array([0, 255]), none: new Uint8Array() }],
  ['what looks like our own form of bytes', { $bytes: 'AAE=', $$bytes: 1, v: 1, value: 2 }],
  ['a key named __proto__', JSON.parse('{"__proto__":{"a":1}}')],
];

const KEYS = [
  'plain',
  'with/segments/and.dots',
  `sql-metadata/latest/${encodeURIComponent('default/postgres/Größe "x" 😀')}`,
  'a/b',
  'a%2Fb',
  'A/b',
  'a.b',
  "all-._~%:@=+,!$&'()*0aZ",
  `long/${'k'.repeat(1000)}`,
];

const BAD_KEYS = ['', '/a', 'a/', 'a//b', '..', 'a/./b', 'a||b', 'a b', 'a\nb', 'ä', 'a?b', 'a#b', 'a\\b', 'k'.repeat(1025)];

const BAD_VALUES: readonly [string, unknown][] = [
  ['undefined', undefined],
  ['NaN', { a: Number.NaN }],
  ['a bigint', [1n]],
  ['a Date', { at: new Date(0) }],
  ['a Map', new Map()],
  ['a function', () => 1],
  ['half a surrogate pair', '\udc00'],
];

/** What every StateStore does. Keys are prefixed, so that a suite may run on a store that is not empty. */
export function describeStateStore(name: string, make: MakeSubject<StateStore>): void {
  describe(`StateStore ${name}`, () => {
    const store = useSubject(make);
    const prefix = `conformance/${process.pid}-${Date.now()}`;
    const keyOf = (key: string): string => `${prefix}/${key}`;
    const etagOf = async (key: string): Promise<string> => {
      const entry = await store().get(key);
      if (!entry) throw new Error(`${key} is not there`);
      return entry.etag;
    };
    const conflict = { code: 'STATE_CONFLICT' };

    it('has nothing where nothing was written', async () => {
      expect(await store().get(keyOf('never'))).toBeUndefined();
    });

    it('creates, replaces and deletes by ETag', async () => {
      const key = keyOf('life');
      await store().set(key, { step: 1 }, null);
      const first = await store().get(key);
      expect(first?.value).toEqual({ step: 1 });
      await store().set(key, { step: 2 }, first?.etag ?? '');
      const second = await store().get(key);
      expect(second?.value).toEqual({ step: 2 });
      expect(second?.etag).not.toBe(first?.etag);
      await store().delete(key, second?.etag ?? '');
      expect(await store().get(key)).toBeUndefined();
      await store().set(key, { step: 3 }, null);
      expect((await store().get(key))?.value).toEqual({ step: 3 });
    });

    it.each(VALUES)('keeps %s', async (what, value) => {
      const key = keyOf(`values/${encodeURIComponent(what)}`);
      await store().set(key, value, null);
      expect((await store().get(key))?.value).toEqual(value);
    });

    it('keeps an object under __proto__ as data', async () => {
      await store().set(keyOf('proto'), JSON.parse('{"__proto__":{"a":1}}'), null);
      const value = (await store().get<object>(keyOf('proto')))?.value;
      expect(Object.keys(value ?? {})).toEqual(['__proto__']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    });

    it('keeps keys apart', async () => {
      for (const key of KEYS) await store().set(key.startsWith('long') ? keyOf(key).slice(0, 1024) : keyOf(key), key, null);
      for (const key of KEYS) {
        expect((await store().get(key.startsWith('long') ? keyOf(key).slice(0, 1024) : keyOf(key)))?.value).toBe(key);
      }
    });

    it.each(BAD_KEYS)('refuses the key %j', async (key) => {
      const refused = { code: 'STATE_KEY_INVALID' };
      await expect(store().get(key)).rejects.toMatchObject(refused);
      await expect(store().set(key, 1, null)).rejects.toMatchObject(refused);
      await expect(store().delete(key, '1')).rejects.toMatchObject(refused);
    });

    it.each(BAD_VALUES)('refuses %s', async (_, value) => {
      await expect(store().set(keyOf('refused'), value, null)).rejects.toMatchObject({ code: 'STATE_VALUE_INVALID' });
      expect(await store().get(keyOf('refused'))).toBeUndefined();
    });

    it('takes 200 KB and refuses what is more than state should be', async () => {
      await store().set(keyOf('large'), 'x'.repeat(200_000), null);
      expect((await store().get<string>(keyOf('large')))?.value).toHaveLength(200_000);
      await expect(store().set(keyOf('too-large'), 'x'.repeat(300_000), null)).rejects.toMatchObject({ code: 'STATE_VALUE_TOO_LARGE' });
      expect(await store().get(keyOf('too-large'))).toBeUndefined();
    });

    describe('a write that would lose another', () => {
      it('is refused when the key exists already', async () => {
        await store().set(keyOf('exists'), 'first', null);
        await expect(store().set(keyOf('exists'), 'second', null)).rejects.toMatchObject(conflict);
        expect((await store().get(keyOf('exists')))?.value).toBe('first');
      });

      it('is refused when the version is old, unknown or of another key', async () => {
        const key = keyOf('versions');
        await store().set(key, 'first', null);
        const old = await etagOf(key);
        await store().set(key, 'second', old);
        await store().set(keyOf('other'), 'x', null);
        const stale = [old, 'garbage', '00000000-0000-0000-0000-000000000000', '', await etagOf(keyOf('other'))];
        for (const etag of stale) {
          await expect(store().set(key, 'third', etag)).rejects.toMatchObject(conflict);
          await expect(store().delete(key, etag)).rejects.toMatchObject(conflict);
        }
        expect((await store().get(key))?.value).toBe('second');
      });

      it('is refused when there is nothing to replace or delete', async () => {
        const etag = '00000000-0000-0000-0000-000000000000';
        await expect(store().set(keyOf('absent'), 'x', etag)).rejects.toMatchObject(conflict);
        await expect(store().delete(keyOf('absent'), etag)).rejects.toMatchObject(conflict);
        expect(await store().get(keyOf('absent'))).toBeUndefined();
      });

      it('lets exactly one of many win, creating and replacing', async () => {
        const key = keyOf('race');
        for (const etag of [() => Promise.resolve(null), () => etagOf(key)]) {
          const version = await etag();
          const writers = Array.from({ length: 10 }, (_, index) => store().set(key, index, version));
          const outcomes = await Promise.allSettled(writers);
          const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
          expect(winners).toHaveLength(1);
          for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(conflict);
          expect((await store().get(key))?.value).toBe(winners[0]);
        }
      });

      it('loses no increment of a counter', async () => {
        const key = keyOf('counter');
        await store().set(key, 0, null);
        const increment = async (): Promise<void> => {
          for (;;) {
            const entry = await store().get<number>(key);
            if (!entry) throw new Error('the counter is gone');
            try {
              await store().set(key, entry.value + 1, entry.etag);
              return;
            } catch (error) {
              if ((error as { code?: unknown }).code !== conflict.code) throw error;
            }
          }
        };
        await Promise.all(Array.from({ length: 4 }, async () => {
          for (let round = 0; round < 5; round += 1) await increment();
        }));
        expect((await store().get(key))?.value).toBe(20);
      });
    });

    it('does nothing under a signal that is already aborted', async () => {
      const signal = AbortSignal.abort(new Error('too late'));
      await expect(store().get(keyOf('aborted'), { signal })).rejects.toThrow('too late');
      await expect(store().set(keyOf('aborted'), 1, null, { signal })).rejects.toThrow('too late');
      await expect(store().delete(keyOf('aborted'), '1', { signal })).rejects.toThrow('too late');
      expect(await store().get(keyOf('aborted'))).toBeUndefined();
    });
  });
}
