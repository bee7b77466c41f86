import { inspect } from 'node:util';
import fc from 'fast-check';
import { Secret, formatSecretRef, isSecretRef, parseSecretRef } from './index.js';

it('gives a secret to nobody who prints or serialises it', () => {
  const secret = new Secret('hunter2');
  // As a careless caller treats it, whom the compiler does not stop.
  const text = secret as unknown as string;
  const shown = [`${text}`, text + '', JSON.stringify({ secret }), inspect({ secret }, { showHidden: true }), Object.keys(secret).join()];
  expect(shown.join()).not.toContain('hunter2');
  expect(secret.reveal()).toBe('hunter2');
});

describe('secret references', () => {
  it('parse to what they were formatted from', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
    fc.assert(
      fc.property(name, name, fc.option(name, { nil: undefined }), (store, secret, key) => {
        const location = key === undefined ? { store, name: secret } : { store, name: secret, key };
        expect(parseSecretRef(formatSecretRef(location))).toEqual(location);
      }),
    );
  });

  it.each(['', 'hunter2', 'secret://', 'secret://store', 'secret://store/', 'secret://store/name#', 'secret://a b/c', ' secret://a/b'])(
    'refuse %p',
    (text) => {
      expect(isSecretRef(text)).toBe(false);
      expect(() => parseSecretRef(text)).toThrow(expect.objectContaining({ code: 'SECRET_REF_INVALID' }) as Error);
    },
  );

  it('are not repeated when refused, since they may be the secret itself', () => {
    expect(() => parseSecretRef('hunter2')).not.toThrow(/hunter2/);
    expect(() => parseSecretRef('hunter2')).toThrow(/7 characters/);
  });
});
