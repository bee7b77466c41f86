import { gzipSync } from 'node:zlib';
import { Secret } from '@tributary/common';
import { HostLimiter } from './http/host-limiter.js';
import type { RequestReport } from './types.js';
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

const person = (link: string, rest: object = {}) => ({ self_link: link, name: 'alice', ...rest });
const credentials = { accessToken: new Secret('token-canary'), accessSecret: new Secret('secret/canary+1') };

describe('a request', () => {
  it('names the application and is anonymous without credentials', async () => {
    const server = await serve(({ url, json }) => json(person(url.href)));
    const client = server.client();
    await client.get('person', client.link('~alice'));
    const { headers, url } = server.seen[0]!;
    expect(url.pathname).toBe('/devel/~alice');
    expect(headers.accept).toBe('application/json');
    expect(headers['accept-encoding']).toBe('gzip');
    expect(headers['user-agent']).toMatch(/^Tributary\/\d+\.\d+\.\d+ \(probe app\)$/);
    expect(headers.authorization).toMatch(
      /^OAuth realm="OAuth", oauth_nonce="\d+", oauth_timestamp="\d{10}", oauth_version="1\.0", oauth_signature_method="PLAINTEXT", oauth_consumer_key="probe%20app", oauth_token="", oauth_signature="%26"$/,
    );
  });

  it('is signed with an encoding of the encoded secret', async () => {
    const server = await serve(({ url, json }) => json(person(url.href)));
    const client = server.client({ credentials });
    await client.get('person', client.link('~alice'));
    expect(server.seen[0]!.headers.authorization).toContain('oauth_token="token-canary", oauth_signature="%26secret%252Fcanary%252B1"');
  });

  it('keeps its connection', async () => {
    const ports = new Set<number | undefined>();
    const server = await serve(({ request, url, json }) => {
      ports.add(request.socket.remotePort);
      json(person(url.href));
    });
    const client = server.client();
    for (const name of ['a', 'b', 'c']) await client.get('person', client.link(`~${name}`));
    expect(ports.size).toBe(1);
  });

  it('unpacks gzip and keeps every character', async () => {
    const text = 'Zoë – 日本 𝔘𝔫𝔦 \u0000\ud83d\ude00';
    const server = await serve(({ response, url }) => {
      const body = gzipSync(JSON.stringify(person(url.href, { display_name: text })));
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(body);
    });
    const client = server.client();
    expect((await client.get('person', client.link('~zoe'))).display_name).toBe(text);
  });

  it('goes through a proxy where Node is told to', async () => {
    const proxy = await serve(({ request, json }) => json({ self_link: request.url }));
    const before = { ...process.env };
    Object.assign(process.env, { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.origin });
    try {
      const root = 'http://launchpad.example';
      const client = proxy.client({ serviceRoot: root, limiter: new HostLimiter(root) });
      expect(await client.get('person', client.link('~alice'))).toEqual({ self_link: `${root}/devel/~alice` });
    } finally {
      process.env = before;
    }
  });

  it('reports what was sent, without credentials', async () => {
    const reports: RequestReport[] = [];
    const server = await serve(({ count, url, json, text }) => (count === 1 ? text(503) : json(person(url.href))));
    const client = server.client({ credentials, onRequest: (report) => reports.push(report) });
    await client.get('person', client.link('~alice'));
    expect(reports.map(({ status }) => status)).toEqual([503, 200]);
    expect(JSON.stringify(reports)).not.toContain('canary');
    expect(reports[1]).toMatchObject({ method: 'GET', url: `${server.origin}/devel/~alice` });
  });
});

it.each([-600_000, 600_000])('tells by how much the clock here is ahead of the server’s: %i ms', async (lead) => {
  const server = await serve(({ url, json }) => json(person(url.href), { date: new Date(Date.now() - lead).toUTCString() }));
  const client = server.client();
  expect(client.clockLeadMs).toBeUndefined();
  await client.get('person', client.link('~alice'));
  expect(client.clockLeadMs).toBeGreaterThanOrEqual(lead - 1);
  expect(client.clockLeadMs).toBeLessThan(lead + 5_000);
});

it('an entry has at most 64 MB', async () => {
  const server = await serve(({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(64 * 1024 * 1024 + 1) });
    response.write('{');
  });
  const client = server.client();
  await expect(client.get('person', client.link('~alice'))).rejects.toMatchObject({ code: 'LAUNCHPAD_ANSWER_TOO_LARGE' });
  expect(server.seen).toHaveLength(1);
});

describe('ETags', () => {
  it('are sent without the suffix of packed answers, and 304 gives the entry again', async () => {
    const server = await serve(({ request, url, json, text }) => {
      if (request.headers['if-none-match'] === '"abc-def"') return text(304);
      json(person(url.href), { etag: '"abc-def-gzip"' });
    });
    const client = server.client();
    const first = await client.get('person', client.link('~alice'));
    const second = await client.get('person', client.link('~alice'));
    expect(server.seen[1]!.headers['if-none-match']).toBe('"abc-def"');
    expect(second).toEqual(first);
  });

  it('are kept for the entries used last only', async () => {
    const server = await serve(({ request, url, json, text }) => {
      const etag = `"${url.pathname}"`;
      if (request.headers['if-none-match'] === etag) return text(304);
      json(person(url.href), { etag });
    });
    const client = server.client({ cacheEntries: 2 });
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) {
      expect((await client.get('person', client.link(`~${name}`))).self_link).toBe(client.link(`~${name}`));
    }
    const conditional = server.seen.map(({ headers }) => headers['if-none-match'] !== undefined);
    expect(conditional).toEqual([false, false, true, false, true, false]);
  });
});

describe('redirects', () => {
  it('tell the new link of what was renamed', async () => {
    const server = await serve(({ url, json, text }) => {
      if (url.pathname === '/devel/~Alice') return text(301, '', { location: '/devel/~alice' });
      json(person(url.href));
    });
    const client = server.client({ credentials });
    expect(await client.find('person', client.link('~Alice'))).toMatchObject({ outcome: 'found', renamedTo: client.link('~alice') });
    expect(await client.find('person', client.link('~alice'))).not.toHaveProperty('renamedTo');
    expect(server.seen[1]!.headers.authorization).toContain('token-canary');
  });

  it('keep the question of an operation', async () => {
    const server = await serve(({ url, json, text }) => {
      if (url.pathname === '/devel/~Alice') return text(301, '', { location: `${url.origin}/devel/~alice` });
      json({ start: 0, entries: [{ self_link: url.search }] });
    });
    const client = server.client();
    for await (const { entries } of client.operation('person.searchTasks', client.link('~Alice'), { status: ['New'] })) {
      expect(entries[0]?.self_link).toContain('ws.op=searchTasks&status=%5B%22New%22%5D');
    }
  });

  it('to another origin are refused, and it gets no request', async () => {
    const other = await serve(({ url, json }) => json(person(url.href)));
    const server = await serve(({ text }) => text(303, '', { location: `${other.origin}/devel/~alice` }));
    const client = server.client({ credentials });
    await expect(client.get('person', client.link('people/+me'))).rejects.toMatchObject({ code: 'LAUNCHPAD_FOREIGN_LINK' });
    expect(other.seen).toEqual([]);
  });

  it('that go in a circle end', async () => {
    const server = await serve(({ url, text }) => text(301, '', { location: url.href }));
    const client = server.client({ retry: { attempts: 1 } });
    await expect(client.get('person', client.link('~a'))).rejects.toMatchObject({ code: 'LAUNCHPAD_ANSWER_INVALID' });
    expect(server.seen).toHaveLength(6);
  });

  it('are the only way to another link: foreign ones are refused before anything is sent', async () => {
    const other = await serve(({ url, json }) => json(person(url.href)));
    const server = await serve(({ url, json }) => json(person(url.href)));
    const client = server.client({ credentials });
    for (const link of [`${other.origin}/devel/~a`, 'no link', `${server.origin}.example.com/devel/~a`]) {
      await expect(client.get('person', link)).rejects.toMatchObject({ code: 'LAUNCHPAD_FOREIGN_LINK' });
    }
    expect([...other.seen, ...server.seen]).toEqual([]);
  });
});

describe('what is not there', () => {
  it.each([
    [404, '', 'not_found', 'LAUNCHPAD_NOT_FOUND', 'private'],
    [410, '', 'gone', 'LAUNCHPAD_GONE', 'gone'],
    [403, '(<Person>, "launchpad.View")', 'private', 'LAUNCHPAD_FORBIDDEN', 'private'],
    [401, 'You need to be logged in to view this URL.', 'private', 'LAUNCHPAD_FORBIDDEN', 'private'],
  ])('status %s %s is %s', async (status, body, outcome, code, put) => {
    const server = await serve(({ text }) => text(status, body));
    const client = server.client();
    expect(await client.find('person', client.link('~x'))).toEqual({ outcome });
    await expect(client.get('person', client.link('~x'))).rejects.toMatchObject({ code, recovery: 'skip', parameters: { outcome: put } });
    expect(server.seen).toHaveLength(2);
  });

  it.each(['Unknown access token (token-canary).', 'Expired token (token-canary).', 'Invalid signature.', 'Unknown consumer (probe).'])(
    'is no answer to a refused token: %s',
    async (body) => {
      const server = await serve(({ text }) => text(401, body));
      const client = server.client({ credentials });
      const error = await client.find('person', client.link('~x')).catch((reason: unknown) => reason as Error);
      expect(error).toMatchObject({ code: 'LAUNCHPAD_UNAUTHORIZED', recovery: 'fatal' });
      expect((error as Error).message).toContain(body.replace(/\W*\(.*$/, ''));
      expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toContain('canary');
    },
  );

  describe('and a token that is refused in other words than Launchpad’s', () => {
    const ask = async (ownPage: (exchange: Exchange) => void) => {
      const server = await serve((exchange) => {
        if (exchange.url.pathname === '/devel/people/+me') return ownPage(exchange);
        exchange.text(401, '<html>no</html>', { 'content-type': 'text/html' });
      });
      const client = server.client({ credentials });
      const find = () => client.find('person', client.link('~x')).catch((reason: unknown) => reason);
      return { results: [await find(), await find()], asked: server.seen.map(({ url }) => url.pathname.slice('/devel/'.length)) };
    };

    it('are told apart by a page that any good token may read', async () => {
      const { results } = await ask(({ text }) => text(401, 'Revoked'));
      expect(results).toEqual([expect.objectContaining({ code: 'LAUNCHPAD_UNAUTHORIZED' }), expect.objectContaining({ code: 'LAUNCHPAD_UNAUTHORIZED' })]);
    });

    it('which is not asked for again and again', async () => {
      const { results, asked } = await ask(({ text }) => text(303, '', { location: '/devel/~alice' }));
      expect(results).toEqual([{ outcome: 'private' }, { outcome: 'private' }]);
      expect(asked).toEqual(['~x', 'people/+me', '~x']);
    });

    it('or nothing is said of either', async () => {
      const { results } = await ask(({ request }) => request.socket.resetAndDestroy());
      expect(results[0]).toMatchObject({ code: 'LAUNCHPAD_UNAVAILABLE', recovery: 'retry' });
    });
  });

  it('does not repeat credentials that a server has sent back', async () => {
    const server = await serve(({ request, text }) => text(400, `Bad header: ${request.headers.authorization ?? ''}`));
    const client = server.client({ credentials });
    const error = await client.get('person', client.link('~x')).catch((reason: unknown) => reason as Error);
    expect((error as Error).message).toContain('Bad header');
    expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toContain('canary');
  });

  it('is told apart from what the server does not understand', async () => {
    const server = await serve(({ text }) => text(400, 'order_by: Unrecognized order_by: size'));
    const client = server.client();
    await expect(client.get('person', client.link('~x'))).rejects.toMatchObject({
      code: 'LAUNCHPAD_REQUEST_REFUSED',
      message: expect.stringContaining('Unrecognized order_by: size') as string,
    });
    expect(server.seen).toHaveLength(1);
  });
});
