import { Secret } from '@tributary/common';
import { PasswordKeeper } from './password-keeper.js';

const refused = (): Error => Object.assign(new Error('password authentication failed'), { code: '28P01' });

/** A server whose password changes, and a store that is asked for it. */
function setUp(stored: string[]) {
  const learnt: string[] = [];
  let asked = 0;
  const ask = () => Promise.resolve(new Secret(stored[Math.min(asked++, stored.length - 1)] ?? ''));
  const keeper = new PasswordKeeper(ask, (password) => learnt.push(password.reveal()));
  const signIn = (wanted: string): Promise<string> =>
    keeper.signIn(async () => {
      const password = await keeper.reveal();
      if (password !== wanted) throw refused();
      return password;
    });
  return { keeper, signIn, learnt, asked: () => asked };
}

it('asks once, however many connections are made', async () => {
  const { signIn, asked, learnt } = setUp(['first']);
  await Promise.all([signIn('first'), signIn('first')]);
  await signIn('first');
  expect([asked(), learnt]).toEqual([1, ['first']]);
});

it('asks again when the server refuses what it knew, once for all who were refused', async () => {
  const { signIn, asked, learnt } = setUp(['first', 'second']);
  await signIn('first');
  expect(await Promise.all([signIn('second'), signIn('second')])).toEqual(['second', 'second']);
  expect([asked(), learnt]).toEqual([2, ['first', 'second']]);
});

it('is refused where there is no other password, and tries again no sooner than it is asked to', async () => {
  const { signIn, asked } = setUp(['first']);
  await expect(signIn('other')).rejects.toMatchObject({ code: '28P01' });
  expect(asked()).toBe(1);
  await signIn('first');
  await expect(signIn('other')).rejects.toMatchObject({ code: '28P01' });
  expect(asked()).toBe(2);
});

it('asks again after it got no answer', async () => {
  let away = true;
  const keeper = new PasswordKeeper(() => (away ? Promise.reject(new Error('away')) : Promise.resolve(new Secret('here'))), () => undefined);
  await expect(keeper.reveal()).rejects.toThrow('away');
  away = false;
  expect(await keeper.reveal()).toBe('here');
});

it('has an empty password where there is none, and tries a fixed one once', async () => {
  expect(await new PasswordKeeper(undefined, () => undefined).reveal()).toBe('');
  let tried = 0;
  const keeper = new PasswordKeeper(new Secret('fixed'), () => undefined);
  await keeper.reveal();
  await expect(keeper.signIn(() => (tried++, Promise.reject(refused())))).rejects.toThrow();
  expect(tried).toBe(1);
});
