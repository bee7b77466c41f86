import { QueryNotRegisteredError } from '@temporalio/client';
import { whileStarting } from './while-starting.js';

const refusal = (text: string) => new QueryNotRegisteredError(text, 3);

test('asks again while the entity begins', async () => {
  let asked = 0;
  const answer = await whileStarting(async () => {
    if (++asked < 3) throw refusal('STATEFUL_STARTING: The entity has not begun yet.');
    return 'state';
  });
  expect([answer, asked]).toEqual(['state', 3]);
});

test('hands on every other error at once', async () => {
  let asked = 0;
  const ask = (): Promise<never> => {
    asked++;
    return Promise.reject(refusal('Workflow did not register a handler for sate'));
  };
  await expect(whileStarting(ask)).rejects.toThrow('register a handler');
  expect(asked).toBe(1);
});
