import { performance } from 'node:perf_hooks';
import { HostLimiter } from './http/host-limiter.js';
import { type Exchange, TestServer } from './testdata/http-server.js';

const servers: TestServer[] = [];
async function serve(handle: (exchange: Exchange) => void): Promise<TestServer> {
  const server = await TestServer.start(handle);
  servers.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const entry = { self_link: 'x', name: 'alice' };
const faults: Readonly<Record<string, (exchange: Exchange) => void>> = {
  'status 500': ({ text }) => text(500),
  'status 502': ({ text }) => text(502),
  'status 503 of a busy server': ({ text }) => text(503, '', { 'retry-after': '900' }),
  'status 503 as a page': ({ text }) => text(503, '<html>', { 'content-type': 'text/html' }),
  'status 504': ({ text }) => text(504),
  'status 429': ({ text }) => text(429),
  'status 408': ({ text }) => text(408),
  'status 403 of a page with a puzzle': ({ text }) => text(403, '<html>', { 'content-type': 'text/html' }),
  'an HTML page with status 200': ({ text }) => text(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
  'JSON that is cut off': ({ text }) => text(200, '{"self_link": "x", "na', { 'content-type': 'application/json' }),
  'JSON that is something else': ({ json }) => json({ error: 'maintenance' }),
  'a body that ends too early': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"self_link":', () => response.destroy());
  },
  'a reset before the answer': ({ request }) => request.socket.resetAndDestroy(),
  'a reset within the body': ({ request, response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"self_link":', () => request.socket.resetAndDestroy());
  },
  'a packed body that is cut off': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(Buffer.from('1f8b0800000000000003ab56', 'hex'));
  },
  'no answer in time': () => undefined,
  'a body that never ends': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{');
  },
};

describe.each(Object.entries(faults))('after %s', (name, fault) => {
  it('the request is sent again', async () => {
    const server = await serve((exchange) => (exchange.count < 3 ? fault(exchange) : exchange.json(entry)));
    const client = server.client({ retry: { timeoutMs: 150 } });
    expect(await client.get('person', client.link('~alice'))).toEqual(entry);
    expect(server.seen).toHaveLength(3);
  });

  it('it ends after four attempts, and is to be tried again later', async () => {
    const server = await serve(fault);
    const client = server.client({ retry: { timeoutMs: 60 } });
    const code = /429/.test(name) ? 'LAUNCHPAD_RATE_LIMITED' : /page with|JSON/.test(name) ? 'LAUNCHPAD_ANSWER_INVALID' : 'LAUNCHPAD_UNAVAILABLE';
    await expect(client.get('person', client.link('~alice'))).rejects.toMatchObject({ code, recovery: 'retry' });
    expect(server.seen).toHaveLength(4);
  });
});

it('the body of an answer has as much time as its head', async () => {
  const server = await serve(({ response }) => {
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"self_link":');
      setTimeout(() => response.end('"x"}'), 250);
    }, 250);
  });
  const client = server.client({ retry: { timeoutMs: 400, attempts: 1 } });
  expect(await client.get('person', client.link('~alice'))).toEqual({ self_link: 'x' });
});

describe('Retry-After', () => {
  it.each([429, 503])('of a second makes the whole host wait with status %s', async (status) => {
    const times: Record<string, number[]> = { '/devel/~a': [], '/devel/~b': [] };
    const server = await serve(({ url, count, text, json }) => {
      times[url.pathname]!.push(performance.now());
      if (count === 1) return text(status, '', { 'retry-after': '1' });
      json(entry);
    });
    const limiter = new HostLimiter(server.origin);
    const [one, other] = [server.client({ limiter, onRequest: () => setImmediate(askOther) }), server.client({ limiter })];
    let second: Promise<unknown> | undefined;
    function askOther(): void {
      second ??= other.get('person', other.link('~b'));
    }
    await one.get('person', one.link('~a'));
    await second;
    const [refused, again] = times['/devel/~a']!;
    for (const time of [again!, times['/devel/~b']![0]!]) {
      expect(time - refused!).toBeGreaterThanOrEqual(990);
      expect(time - refused!).toBeLessThan(2_500);
    }
  });

  it('of 900 seconds is not waited for; the error says it, and the slot is free meanwhile', async () => {
    const server = await serve(({ url, text, json }) =>
      url.pathname.endsWith('~busy') ? text(503, '', { 'retry-after': '900' }) : json(entry),
    );
    const client = server.client({ limiter: new HostLimiter(server.origin, 1), retry: { firstWaitMs: 400 } });
    const started = performance.now();
    const busy = client.get('person', client.link('~busy')).catch((error: unknown) => error);
    const others = Promise.all(['a', 'b', 'c'].map((name) => client.get('person', client.link(`~${name}`))));
    await others;
    const free = performance.now() - started;
    expect(await busy).toMatchObject({ code: 'LAUNCHPAD_UNAVAILABLE', parameters: { retryAfterSeconds: 900, attempts: 4 } });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(free).toBeLessThan(performance.now() - started);
  });

  it('never makes a call wait longer than its bound', async () => {
    const server = await serve(({ text }) => text(503, '', { 'retry-after': '1' }));
    const client = server.client({ retry: { waitMs: 1_500, attempts: 50 } });
    const started = performance.now();
    await expect(client.get('person', client.link('~a'))).rejects.toMatchObject({ code: 'LAUNCHPAD_UNAVAILABLE' });
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(server.seen.length).toBeLessThan(50);
  });
});

describe('an abort', () => {
  const reason = new Error('stop');

  it.each([
    ['while the answer is waited for', () => undefined],
    ['while a retry is waited for', ({ text }: Exchange) => text(503, '', { 'retry-after': '5' })],
    ['within the body', faults['a body that never ends']!],
  ])('%s rejects with its reason', async (_, handle) => {
    const server = await serve((exchange) => {
      handle(exchange);
      setImmediate(() => controller.abort(reason));
    });
    const controller = new AbortController();
    const client = server.client();
    await expect(client.get('person', client.link('~a'), { signal: controller.signal })).rejects.toBe(reason);
    expect(server.seen).toHaveLength(1);
  });

  it('before a slot is free rejects at once and leaves the queue', async () => {
    const server = await serve(() => undefined);
    const limiter = new HostLimiter(server.origin, 1);
    const client = server.client({ limiter });
    const [first, second] = [new AbortController(), new AbortController()];
    const running = client.get('person', client.link('~a'), { signal: first.signal }).catch((error: unknown) => error);
    const waiting = client.get('person', client.link('~b'), { signal: second.signal }).catch((error: unknown) => error);
    expect(limiter.waiting).toBe(1);
    second.abort(reason);
    expect(await waiting).toBe(reason);
    expect(limiter.waiting).toBe(0);
    first.abort(reason);
    expect(await running).toBe(reason);
  });
});
