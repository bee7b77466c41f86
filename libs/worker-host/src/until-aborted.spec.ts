import { untilAborted } from './until-aborted.js';

const nothing = (): Promise<void> => Promise.resolve();

it('gives what the work gives, or what it fails with', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve(1), signal, nothing)).toBe(1);
  await expect(untilAborted(Promise.reject(new Error('no')), signal, nothing)).rejects.toThrow('no');
});

it.each([['before', true], ['while', false]])('rejects with the reason of an abort %s it waits, and discards what comes too late', async (_when, before) => {
  const controller = new AbortController();
  const reason = new Error('told to stop');
  if (before) controller.abort(reason);
  let [finish, discarded]: [(value: string) => void, unknown] = [() => undefined, undefined];
  const work = new Promise<string>((resolve) => (finish = resolve));
  const result = untilAborted(work, controller.signal, (late) => Promise.resolve(void (discarded = late)));
  if (!before) controller.abort(reason);
  await expect(result).rejects.toBe(reason);
  finish('late');
  await work;
  await new Promise(setImmediate);
  expect(discarded).toBe('late');
});
