import { describe, expect, it } from '@jest/globals';

import { ask, quietWorld, serveWorld } from '../spec-server.js';

describe('faults', () => {
  it('come in bursts to the requests that match, and then are over', async () => {
    const server = await serveWorld(quietWorld());
    server.faults.add({ path: '/~alice', after: 1, times: 2 }, { kind: 'status', status: 503, retryAfter: 900 });
    server.faults.add({ path: '/~alice', after: 1 }, { kind: 'status', status: 429 });
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await ask(server, '~alice')).status);
    expect(statuses).toEqual([200, 503, 503, 429, 200]);
    expect((await ask(server, '~bob')).status).toBe(200);
    expect(server.faults.pending).toBe(0);
    server.faults.add({}, { kind: 'status', status: 503, retryAfter: 900 });
    expect((await ask(server, '~bob')).headers.get('retry-after')).toBe('900');
    server.faults.add({}, { kind: 'status', status: 504 });
    expect((await ask(server, '~bob')).headers.has('retry-after')).toBe(false);
  });

  it('damage bodies: cut connections, half of the JSON, a page of HTML', async () => {
    const server = await serveWorld(quietWorld());
    server.faults.add({}, { kind: 'reset' });
    await expect(ask(server, '~alice')).rejects.toThrow(/terminated|fetch failed/);
    server.faults.add({}, { kind: 'truncate' });
    const half = await ask(server, '~alice');
    expect([half.status, half.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(() => JSON.parse(half.text) as unknown).toThrow();
    server.faults.add({}, { kind: 'html', status: 200 });
    const html = await ask(server, '~alice');
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8']);
    server.faults.add(
      {},
      { kind: 'rewrite', rewrite: (body) => body.replace('"self_link":"http://', '"self_link":"http://elsewhere.') },
    );
    expect((await ask(server, '~alice')).json['self_link']).toMatch(/elsewhere/);
  });

  it('time out on pages that are too large for a busy server', async () => {
    const server = await serveWorld(quietWorld());
    server.faults.timeoutAbove = 100;
    const large = await ask(server, 'bugs?ws.op=searchTasks&ws.size=300');
    expect([large.status, large.headers.get('retry-after')]).toEqual([503, '900']);
    expect((await ask(server, 'bugs?ws.op=searchTasks&ws.size=100')).status).toBe(200);
  });
});

describe('the log of requests', () => {
  it('knows how many were in flight at once, and how long each took', async () => {
    const server = await serveWorld(quietWorld(), { latencyMs: 30 });
    await Promise.all(Array.from({ length: 5 }, () => ask(server, '~alice')));
    await ask(server, '~bob?ws.op=searchTasks&ws.size=5');
    expect(server.requests.peak).toBe(5);
    expect(server.requests.count(({ operation }) => operation === 'searchTasks')).toBe(1);
    const last = server.requests.entries.at(-1);
    expect(last).toMatchObject({ path: '/~bob', status: 200, operation: 'searchTasks' });
    expect(last?.millis).toBeGreaterThanOrEqual(29);
    expect(last?.bytes).toBeGreaterThan(10);
  });
});

describe('on the wire', () => {
  it('bodies are packed, tags get a suffix by that, and only the bare tag is known again', async () => {
    const server = await serveWorld(quietWorld());
    const packed = await ask(server, '~alice');
    const etag = String(packed.json['http_etag']);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(etag).toMatch(/^"[0-9a-f]{40}-[0-9a-f]{40}"$/);
    expect(packed.headers.get('etag')).toBe(etag.replace(/"$/, '-gzip"'));
    expect((await ask(server, '~alice', { 'If-None-Match': packed.headers.get('etag') ?? '' })).status).toBe(200);
    const known = await ask(server, '~alice', { 'If-None-Match': etag });
    expect([known.status, known.text]).toEqual([304, '']);
    server.world.people.setTimeZone('alice', 'Europe/London');
    expect((await ask(server, '~alice', { 'If-None-Match': etag })).status).toBe(200);
    expect((await ask(server, 'bugs?ws.op=searchTasks')).headers.has('etag')).toBe(false);
  });

  it('the root is JSON or WADL, and may be kept', async () => {
    const server = await serveWorld(quietWorld());
    const json = await ask(server, '');
    expect(json.json).toMatchObject({
      people_collection_link: `${server.url}devel/people`,
      me_link: `${server.url}devel/people/+me`,
    });
    const described = await ask(server, '', { Accept: 'application/vnd.sun.wadl+xml' });
    expect(described.headers.get('content-type')).toBe('application/vnd.sun.wadl+xml');
    expect(described.headers.get('cache-control')).toBe('max-age=3600');
    expect(described.text).toContain(`<wadl:resources base="${server.url}devel/">`);
    expect(described.text).not.toContain('launchpad.net');
  });
});
