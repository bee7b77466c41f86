import { Mailbox } from './mailbox.js';

describe('a mailbox', () => {
  it('hands over the latest value, once', async () => {
    const mailbox = new Mailbox<number>();
    mailbox.put(1);
    mailbox.put(2);
    expect(await mailbox.take(1_000)).toEqual({ value: 2 });
    expect(await mailbox.take(1)).toBe('quiet');
  });

  it('wakes who waits', async () => {
    const mailbox = new Mailbox<number | undefined>();
    const taken = mailbox.take(10_000);
    mailbox.put(undefined);
    expect(await taken).toEqual({ value: undefined });
  });

  it('ends every wait when it is closed', async () => {
    const mailbox = new Mailbox<number>();
    const taken = mailbox.take(10_000);
    mailbox.close();
    expect(await taken).toBe('closed');
    mailbox.put(1);
    expect(await mailbox.take(10_000)).toBe('closed');
  });
});
