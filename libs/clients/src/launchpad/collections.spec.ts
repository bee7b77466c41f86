import { HostLimiter } from './http/host-limiter.js';
import type { LaunchpadClient } from './launchpad-client.js';
import { type Exchange, TestServer, page } from './testdata/http-server.js';
import type { CollectionPage, PageOptions } from './types.js';

const servers: TestServer[] = [];
async function serve(handle: (exchange: Exchange) => void): Promise<TestServer> {
  const server = await TestServer.start(handle);
  servers.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const entry = (index: number, rest: object = {}) => ({ self_link: `bugs/1/activity/${index}`, ...rest });

interface Rules {
  readonly total: number;
  /** Largest page; larger ones are refused. */
  readonly cap?: number;
  /** Whether a request of this size fails, and how. */
  readonly fails?: (size: number, exchange: Exchange) => boolean;
  readonly hidden?: (index: number) => boolean;
  readonly content?: string;
}

/** Serves a collection as Launchpad does: memo is the offset, ws.size is echoed, hidden rows are taken out of pages. */
function collection({ total, cap = 300, fails, hidden = () => false, content }: Rules): (exchange: Exchange) => void {
  return (exchange) => {
    const { url, json, text } = exchange;
    const size = Number(url.searchParams.get('ws.size') ?? 75);
    if (size > cap) return text(400, `Maximum for "ws.size" parameter is ${cap}.`);
    if (fails?.(size, exchange)) return;
    const start = Number(url.searchParams.get('memo') ?? 0);
    const rows = Array.from({ length: Math.max(0, Math.min(size, total - start)) }, (_, index) => start + index);
    const entries = rows.filter((row) => !hidden(row)).map((row) => entry(row, content === undefined ? {} : { message: content }));
    const end = start + size;
    const next = end < total ? `${url.origin}${url.pathname}?ws.size=${size}&memo=${end}&ws.start=${end}` : undefined;
    json(page(entries, { start, ...(next !== undefined && { next }), total }));
  };
}

async function walk(client: LaunchpadClient, options?: PageOptions) {
  const pages: CollectionPage<'bug_activity'>[] = [];
  for await (const each of client.collection('bug_activity', client.link('bugs/1/activity'), options)) pages.push(each);
  return { pages, links: pages.flatMap(({ entries }) => entries.map(({ self_link: link }) => link)) };
}

const sizes = (server: TestServer) => server.seen.map(({ url }) => Number(url.searchParams.get('ws.size')));
const all = (total: number) => Array.from({ length: total }, (_, index) => entry(index).self_link);

describe('a collection', () => {
  it('is read in pages of 300, by its next links as they are', async () => {
    const server = await serve(collection({ total: 700 }));
    const { pages, links } = await walk(server.client());
    expect(links).toEqual(all(700));
    expect(server.seen.map(({ url }) => url.pathname + url.search)).toEqual([
      '/devel/bugs/1/activity?ws.size=300',
      '/devel/bugs/1/activity?ws.size=300&memo=300&ws.start=300',
      '/devel/bugs/1/activity?ws.size=300&memo=600&ws.start=600',
    ]);
    expect(pages.map(({ start, totalSize }) => [start, totalSize])).toEqual([[0, 700], [300, 700], [600, 700]]);
  });

  it('goes on after pages that were thinned, also to nothing', async () => {
    const server = await serve(collection({ total: 900, hidden: (row) => row < 600 || row % 2 === 0 }));
    const { pages, links } = await walk(server.client());
    expect(pages.map(({ entries }) => entries.length)).toEqual([0, 0, 150]);
    expect(links).toHaveLength(150);
  });

  it('has one page when it is empty', async () => {
    const server = await serve(collection({ total: 0 }));
    expect(await walk(server.client())).toMatchObject({ pages: [{ entries: [], start: 0, cursor: undefined }] });
  });

  it('may tell its size by a link, which is not followed', async () => {
    const server = await serve(({ json, url }) => json({ start: 0, entries: [], total_size_link: `${url.origin}/devel/x?ws.show=total_size` }));
    const { pages } = await walk(server.client());
    expect(pages[0]).not.toHaveProperty('totalSize');
    expect(server.seen).toHaveLength(1);
  });

  it('follows no next link to another origin', async () => {
    const other = await serve(({ json }) => json(page([])));
    const server = await serve(({ json }) => json(page([entry(0)], { next: `${other.origin}/devel/bugs/1/activity?memo=1` })));
    await expect(walk(server.client())).rejects.toMatchObject({ code: 'LAUNCHPAD_FOREIGN_LINK' });
    expect(other.seen).toEqual([]);
  });

  it('ends with an error when a page names itself as the next', async () => {
    const server = await serve(({ json, url }) => json(page([], { next: url.href })));
    await expect(walk(server.client())).rejects.toMatchObject({ code: 'LAUNCHPAD_ANSWER_INVALID' });
  });

  it('asks for the next page only when it is wanted', async () => {
    const server = await serve(collection({ total: 900 }));
    const client = server.client();
    for await (const _ of client.collection('bug_activity', client.link('bugs/1/activity'))) break;
    expect(server.seen).toHaveLength(1);
  });
});

describe('a cursor', () => {
  it('goes on after any page, with another client too', async () => {
    const server = await serve(collection({ total: 1000 }));
    const { pages } = await walk(server.client());
    for (const [index, { cursor }] of pages.slice(0, -1).entries()) {
      const rest = await walk(server.client(), { cursor: JSON.parse(JSON.stringify(cursor)) as string });
      expect(rest.links).toEqual(all(1000).slice((index + 1) * 300));
    }
  });

  it('keeps the size that the page had to shrink to', async () => {
    const server = await serve(collection({ total: 1000, fails: (size, { text }) => size > 80 && !!text(503) }));
    const first: CollectionPage[] = [];
    const client = server.client();
    for await (const each of client.collection('bug_activity', client.link('bugs/1/activity'))) {
      first.push(each);
      break;
    }
    const before = server.seen.length;
    await walk(server.client(), { cursor: first[0]!.cursor! });
    expect(sizes(server)[before]).toBe(first[0]!.entries.length);

    const again = server.seen.length;
    expect((await walk(server.client(), { sizedAs: first[0]!.cursor! })).links).toEqual(all(1000));
    expect(sizes(server)[again]).toBe(first[0]!.entries.length);
  });

  it.each(['', '{}', 'null', '{"next": 1}', '{"next":"x","size":0}', '{"next":"x","size":"9"}'])('must be one: %j', async (cursor) => {
    const server = await serve(collection({ total: 1 }));
    await expect(walk(server.client(), { cursor })).rejects.toMatchObject({ code: 'LAUNCHPAD_CURSOR_INVALID' });
  });

  it('of another origin is refused', async () => {
    const server = await serve(collection({ total: 1 }));
    const cursor = JSON.stringify({ next: 'https://api.launchpad.net/devel/bugs/1/activity?memo=75' });
    await expect(walk(server.client(), { cursor })).rejects.toMatchObject({ code: 'LAUNCHPAD_FOREIGN_LINK' });
    expect(server.seen).toEqual([]);
  });
});

describe('the page size', () => {
  it('becomes the most that the server gives, for later collections too', async () => {
    const server = await serve(collection({ total: 130, cap: 50 }));
    const client = server.client();
    expect((await walk(client)).links).toEqual(all(130));
    expect((await walk(client)).links).toEqual(all(130));
    expect(sizes(server)).toEqual([300, 50, 50, 50, 50, 50, 50]);
  });

  it.each([502, 503, 504])('shrinks on status %s at the same offset, and grows back', async (status) => {
    const server = await serve(collection({ total: 3000, fails: (size, { url, text }) => url.searchParams.get('memo') === '300' && size > 100 && !!text(status) }));
    const { links } = await walk(server.client());
    expect(links).toEqual(all(3000));
    const asked = server.seen.map(({ url }) => [Number(url.searchParams.get('memo')), Number(url.searchParams.get('ws.size'))]);
    expect(asked.slice(0, 5)).toEqual([[0, 300], [300, 300], [300, 150], [300, 37], [337, 37]]);
    expect(asked.at(-1)![1]).toBe(300);
  });

  it('shrinks when the server takes too long', async () => {
    const server = await serve(collection({ total: 200, fails: (size) => size > 60 }));
    const { links } = await walk(server.client({ retry: { timeoutMs: 100 } }));
    expect(links).toEqual(all(200));
  });

  it('shrinks down to one row, and then ends with the error', async () => {
    const server = await serve(collection({ total: 500, fails: (_, { text }) => !!text(503) }));
    await expect(walk(server.client())).rejects.toMatchObject({ code: 'LAUNCHPAD_UNAVAILABLE' });
    expect(sizes(server)).toEqual([300, 150, 37, 9, 2, 1, 1, 1]);
  });

  it.each(['with', 'without'])('halves while a page is larger than what is read at once, %s a Content-Length', async (length) => {
    const content = 'ü'.repeat(20_000);
    const server = await serve((exchange) => {
      if (length === 'without') exchange.response.setHeader('transfer-encoding', 'chunked');
      collection({ total: 40, content })(exchange);
    });
    const { pages, links } = await walk(server.client({ pageBytes: 250_000 }), { pageSize: 20 });
    expect(links).toEqual(all(40));
    expect(pages.every(({ entries }) => entries.every(({ message }) => message === content))).toBe(true);
    expect(sizes(server).slice(0, 3)).toEqual([20, 10, 5]);
    expect(sizes(server).slice(2).every((size) => size === 5)).toBe(true);
  });

  it('lets a single row have more bytes than a page', async () => {
    const content = 'x'.repeat(1_000_000);
    const server = await serve(collection({ total: 3, content }));
    const { links } = await walk(server.client({ pageBytes: 300_000 }), { pageSize: 4 });
    expect(links).toEqual(all(3));
    expect(sizes(server)).toEqual([4, 2, 1, 1, 1]);
  });

  it('is taken from the server where that decides by itself', async () => {
    const server = await serve(({ url, json }) => {
      const start = Number(url.searchParams.get('memo') ?? 0);
      const next = start < 40 ? `${url.origin}${url.pathname}?ws.size=20&memo=${start + 20}` : undefined;
      json(page([entry(start)], { start, ...(next !== undefined && { next }) }));
    });
    await walk(server.client());
    expect(sizes(server)).toEqual([300, 20, 20]);
  });
});

it('many collections share the slots of their host', async () => {
  let inFlight = 0;
  let highest = 0;
  const sockets = new Set<unknown>();
  const server = await serve((exchange) => {
    sockets.add(exchange.request.socket);
    highest = Math.max(highest, ++inFlight);
    setTimeout(() => {
      inFlight--;
      collection({ total: 400, cap: 100 })(exchange);
    }, 5);
  });
  const limiter = new HostLimiter(server.origin, 3);
  const clients = [server.client({ limiter }), server.client({ limiter })];
  const walks = await Promise.all([...clients, ...clients, ...clients].map((client) => walk(client)));
  for (const { links } of walks) expect(links).toEqual(all(400));
  expect(highest).toBe(3);
  expect(limiter.highWaterMark).toBe(3);
  expect(sockets.size).toBe(3);
});
