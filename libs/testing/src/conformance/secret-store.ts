import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { SecretStore } from '@tributary/clients';
import type { SecretRef } from '@tributary/common';
import type { MakeSubject } from './subject.js';
import { useSubject } from './use-subject.js';

/** What the store under test must hold, in a secret store component named `local`. */
export const CONFORMANCE_SECRETS = {
  single: 'single-value-4711',
  pair: { user: 'reader', password: 'p@ss/w0rd "quoted" é😀' },
  'path/to/lone': { only: 'lone-value' },
  lines: { pem: '-----BEGIN X-----\nabc+/=\n-----END X-----\n' },
  blank: { empty: '' },
} as const;

/** What every SecretStore does. It must hold CONFORMANCE_SECRETS in its store `local`. */
export function describeSecretStore(name: string, make: MakeSubject<SecretStore>): void {
  describe(`SecretStore ${name}`, () => {
    const store = useSubject(make);
    const valueOf = async (ref: SecretRef): Promise<string> => (await store().resolve(ref)).reveal();

    it.each<[SecretRef, string]>([
      ['secret://local/single', CONFORMANCE_SECRETS.single],
      ['secret://local/pair#user', CONFORMANCE_SECRETS.pair.user],
      ['secret://local/pair#password', CONFORMANCE_SECRETS.pair.password],
      ['secret://local/path/to/lone#only', 'lone-value'],
      ['secret://local/path/to/lone', 'lone-value'],
      ['secret://local/lines#pem', CONFORMANCE_SECRETS.lines.pem],
    ])('resolves %s', async (ref, value) => {
      expect(await valueOf(ref)).toBe(value);
    });

    it('gives a secret that does not print', async () => {
      const secret = await store().resolve('secret://local/single');
      expect(`${String(secret)} ${JSON.stringify({ secret })} ${inspect({ secret }, { depth: 9, showHidden: true })}`).not.toContain('4711');
    });

    it.each<[string, SecretRef]>([
      ['a name that is not there', 'secret://local/nothing'],
      ['a key that is not there', 'secret://local/pair#nothing'],
      ['a value that is empty', 'secret://local/blank#empty'],
      ['nothing but an empty value', 'secret://local/blank'],
    ])('says that it has not found %s', async (_, ref) => {
      await expect(store().resolve(ref)).rejects.toMatchObject({ code: 'SECRET_NOT_FOUND', recovery: 'fatal' });
    });

    it('names the keys there are, never their values', async () => {
      const error: Error = await store().resolve('secret://local/pair#nothing').then(() => { throw new Error('resolved'); }, (reason: Error) => reason);
      expect(error.message).toContain('password');
      expect(inspect(error, { depth: 9 })).not.toContain(CONFORMANCE_SECRETS.pair.password);
    });

    it('does not choose between several values', async () => {
      await expect(store().resolve('secret://local/pair')).rejects.toMatchObject({ code: 'SECRET_AMBIGUOUS' });
    });

    it('tells an unknown store from a missing secret', async () => {
      await expect(store().resolve('secret://nowhere/single')).rejects.toMatchObject({ code: 'SECRET_STORE_UNKNOWN' });
    });

    it('refuses what is no reference, without repeating it', async () => {
      const password = 'hunter2';
      await expect(store().resolve(password as SecretRef)).rejects.toMatchObject({ code: 'SECRET_REF_INVALID' });
      await expect(store().resolve(password as SecretRef)).rejects.not.toThrow(password);
    });

    it('resolves many at once', async () => {
      const values = await Promise.all(Array.from({ length: 20 }, () => valueOf('secret://local/pair#user')));
      expect(new Set(values)).toEqual(new Set(['reader']));
    });

    it('does nothing under a signal that is already aborted', async () => {
      const signal = AbortSignal.abort(new Error('too late'));
      await expect(store().resolve('secret://local/single', { signal })).rejects.toThrow('too late');
    });
  });
}
