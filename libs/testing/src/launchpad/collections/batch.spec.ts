import { describe, expect, it } from '@jest/globals';

import { ask, quietWorld, serveWorld } from '../spec-server.js';
import type { World } from '../world/world.js';

function worldOfBugs(count: number, isPrivate: (n: number) => boolean = () => false): World {
  const world = quietWorld();
  for (let n = 1; n <= count; n += 1) {
    const at = `2025-02-01T00:${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}Z`;
    world.bugs.add({
      owner: 'alice',
      title: `bug ${n}`,
      targets: ['tributary'],
      at,
      informationType: isPrivate(n) ? 'Private' : 'Public',
    });
  }
  return world;
}

const SEARCH = 'bugs?ws.op=searchTasks&order_by=id';

describe('pages of a collection', () => {
  it('hold 75 rows, link on with sorted parameters, and tell the size by a link until the last page', async () => {
    const server = await serveWorld(worldOfBugs(160));
    const first = await ask(server, 'bugs?ws.op=searchTasks&status=New&order_by=id');

    expect(first.json.entries).toHaveLength(75);
    expect(first.json.next_collection_link).toBe(
      `${server.url}devel/bugs?order_by=id&status=New&ws.op=searchTasks&ws.size=75&memo=75&ws.start=75`,
    );
    expect(first.json).not.toHaveProperty('total_size');
    expect(first.json).not.toHaveProperty('resource_type_link');
    expect((await ask(server, first.json.total_size_link ?? '')).text).toBe('160');

    const second = await ask(server, first.json.next_collection_link ?? '');
    const third = await ask(server, second.json.next_collection_link ?? '');
    expect(third.json).toMatchObject({ start: 150, total_size: 160 });
    expect(third.json).not.toHaveProperty('next_collection_link');
    expect(third.json.prev_collection_link).toContain('ws.size=75&direction=backwards&memo=150&ws.start=75');
    expect((await ask(server, third.json.prev_collection_link ?? '')).json).toEqual(second.json);
  });

  it('tell the size at once in the older versions, and when a link led to the collection', async () => {
    const server = await serveWorld(worldOfBugs(3));
    expect((await ask(server, `${server.url}1.0/${SEARCH}&ws.size=1`)).json).toMatchObject({ total_size: 3 });
    server.world.bugs.comment(1, 'more', { by: 'bob' });
    const messages = (await ask(server, 'bugs/1/messages?ws.size=1')).json;
    expect(messages).toMatchObject({ total_size: 2, resource_type_link: `${server.url}devel/#message-page-resource` });
    expect((await ask(server, 'bugs/1/messages?ws.show=total_size')).json.entries).toHaveLength(2);
  });

  it('begin where memo says, whatever ws.start says', async () => {
    const server = await serveWorld(worldOfBugs(20));
    const titles = async (query: string) =>
      (await ask(server, `${SEARCH}&ws.size=2&${query}`)).json.entries.map(({ bug_link }) => bug_link);
    expect(await titles('memo=10&ws.start=0')).toEqual([`${server.url}devel/bugs/11`, `${server.url}devel/bugs/12`]);
    expect(await titles('ws.start=4')).toEqual([`${server.url}devel/bugs/5`, `${server.url}devel/bugs/6`]);
  });

  it('are cut before what may not be seen is left out, so a page can be empty and not the last', async () => {
    const server = await serveWorld(worldOfBugs(6, (n) => n === 3 || n === 4));
    const page = (await ask(server, `${SEARCH}&ws.size=2&memo=2`)).json;
    expect(page.entries).toEqual([]);
    expect(page.next_collection_link).toContain('memo=4');
    expect((await ask(server, `${SEARCH}&ws.size=6`)).json).toMatchObject({ total_size: 6, entries: { length: 4 } });
  });

  it('refuse more rows than allowed, and take no notice of sizes that are none', async () => {
    const server = await serveWorld(worldOfBugs(80));
    const refused = await ask(server, `${SEARCH}&ws.size=301`);
    expect([refused.status, refused.text]).toEqual([400, 'Maximum for "ws.size" parameter is 300.']);
    expect(refused.headers.get('content-type')).toContain('text/plain');
    for (const size of ['0', '-1', 'many'])
      expect((await ask(server, `${SEARCH}&ws.size=${size}`)).json.entries).toHaveLength(75);
    server.faults.pageCap = 50;
    expect((await ask(server, `${SEARCH}&ws.size=51`)).text).toBe('Maximum for "ws.size" parameter is 50.');
    expect((await ask(server, SEARCH)).json.entries).toHaveLength(50);
  });

  it('miss rows that move while they are read in an order that changes, and none in a fixed one', async () => {
    const read = async (order: string) => {
      const server = await serveWorld(worldOfBugs(200));
      const seen = new Set<unknown>();
      server.faults.before({ operation: 'searchTasks', after: 1, times: 2 }, () => {
        for (let n = 1; n <= 10; n += 1) server.world.bugs.touch(n);
      });
      let next: string | undefined = `bugs?ws.op=searchTasks&order_by=${order}`;
      while (next !== undefined) {
        const { json } = await ask(server, next);
        for (const { bug_link } of json.entries) seen.add(bug_link);
        next = json.next_collection_link;
      }
      return seen.size;
    };
    expect(await read('id')).toBe(200);
    expect(await read('date_last_updated')).toBeLessThan(200);
  });
});
