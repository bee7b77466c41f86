import { SecretScrubber } from '@tributary/common';
import type { Run } from '../schemas.js';
import { runEvents } from './event-stream.js';
import { Mailbox } from './mailbox.js';
import type { RunUpdate } from './run-watches.js';

const run = { status: 'running', progress: { phase: 'extracting' } } as unknown as Run;

function stream(patienceMs: number) {
  const updates = new Mailbox<RunUpdate>();
  const events = runEvents({ updates, scrubber: new SecretScrubber(), heartbeatMs: 20, patienceMs });
  return { updates, next: async () => (await events.next()).value as string | undefined };
}

describe('the events of a run', () => {
  it('begin with how soon to come back, and fill silence with comments', async () => {
    const { next } = stream(1_000);
    expect(await next()).toBe('retry: 2000\n\n');
    expect(await next()).toBe(': still here\n\n');
  });

  it('outlast a short outage of Temporal', async () => {
    const { updates, next } = stream(60_000);
    await next();
    updates.put({ error: new Error('down') });
    expect(await next()).toBe(': still here\n\n');
    updates.put({ run });
    expect(await next()).toBe('event: progress\ndata: {"phase":"extracting"}\n\n');
  });

  it('end with the problem of a long one, without its text', async () => {
    const { updates, next } = stream(0);
    await next();
    updates.put({ error: new Error('internal text') });
    const last = await next();
    expect(last).toMatch(/^event: error\ndata: \{"type":"urn:tributary:error:UNEXPECTED_ERROR"/);
    expect(last).not.toContain('internal text');
    expect(await next()).toBeUndefined();
  });
});
