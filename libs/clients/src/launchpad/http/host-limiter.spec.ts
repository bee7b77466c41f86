import { metrics } from '../../telemetry/metrics.js';
import { HostLimiter, hostLimiter } from './host-limiter.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Tasks that end when they are told to. */
function tasks(limiter: HostLimiter, count: number) {
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const runs = Array.from({ length: count }, (_, index) =>
    limiter.run(() => {
      started.push(index);
      return new Promise<void>((resolve) => (ends[index] = resolve));
    }),
  );
  return { started, end: (index: number) => ends[index]!(), all: () => Promise.all(runs) };
}

describe('the limiter of a host', () => {
  it('lets as many run as it has slots, first come first served', async () => {
    const limiter = new HostLimiter('https://a.example', 2);
    const { started, end, all } = tasks(limiter, 4);
    await turn();
    expect([started, limiter.waiting]).toEqual([[0, 1], 2]);
    end(1);
    await turn();
    expect(started).toEqual([0, 1, 2]);
    end(0);
    end(2);
    await turn();
    expect(started).toEqual([0, 1, 2, 3]);
    end(3);
    await all();
    expect(limiter.highWaterMark).toBe(2);
  });

  it('frees the slot of a task that failed', async () => {
    const limiter = new HostLimiter('https://a.example', 1);
    await expect(limiter.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await limiter.run(async () => 'next')).toBe('next');
  });

  it('starts more when it gets more slots, and has connections for them', async () => {
    const limiter = new HostLimiter('https://a.example', 1);
    const { started, end, all } = tasks(limiter, 3);
    limiter.slots = 3;
    await turn();
    expect([started, limiter.agent.maxSockets]).toEqual([[0, 1, 2], 3]);
    [0, 1, 2].forEach(end);
    await all();
  });

  it('is one per origin in a process, with the fewest slots that were asked for', () => {
    const first = hostLimiter('https://one.example');
    expect(first.slots).toBe(8);
    expect(hostLimiter('https://one.example', 16)).toBe(first);
    expect(first.slots).toBe(16);
    hostLimiter('https://one.example', 4);
    hostLimiter('https://one.example', 6);
    hostLimiter('https://one.example');
    expect(first.slots).toBe(4);
    expect(hostLimiter('http://one.example')).not.toBe(first);
  });

  it('shows what is in flight', async () => {
    const limiter = new HostLimiter('https://metrics.example', 1);
    const shown = await limiter.run(() => metrics.render());
    expect(shown).toContain('tributary_launchpad_requests_in_flight{host="metrics.example"} 1');
    expect(await metrics.render()).toContain('tributary_launchpad_requests_in_flight{host="metrics.example"} 0');
  });
});
