import { describe, expect, it } from '@jest/globals';

import type { LaunchpadServer } from '../server.js';
import { ask, quietWorld, serveWorld } from '../spec-server.js';

async function served(): Promise<LaunchpadServer> {
  const world = quietWorld();
  world.bugs.add({
    owner: 'alice',
    title: '123 things',
    targets: ['tributary', 'estuary'],
    tags: ['ui', 'api'],
    at: '2025-03-01T12:00:00.000001Z',
  });
  world.bugs.setStatus(world.bugs.task(1, 'estuary'), "Won't Fix", { by: 'bob', at: '2025-03-02T00:00:00Z' });
  return serveWorld(world);
}

/** Targets of the tasks that a search finds, or the refusal. */
async function search(server: LaunchpadServer, query: string): Promise<string> {
  const { status, json, text } = await ask(server, `bugs?ws.op=searchTasks&order_by=targetname&${query}`);
  return status === 200 ? json.entries.map(({ bug_target_name }) => bug_target_name).join(' ') : `${status} ${text}`;
}

describe('parameters', () => {
  it('are JSON or text, and lists repeated keys or one array', async () => {
    const server = await served();
    const both = 'estuary tributary';
    expect(await search(server, "status=New&status=Won't+Fix")).toBe(both);
    expect(await search(server, `status=${encodeURIComponent(JSON.stringify(['New', "Won't Fix"]))}`)).toBe(both);
    expect(await search(server, 'status="New"')).toBe('tributary');
    expect(await search(server, `assignee=${encodeURIComponent(`"${server.url}devel/~bob"`)}`)).toBe('');
    expect(await search(server, 'search_text="123"')).toBe('tributary');
    expect(await search(server, 'search_text=123')).toBe("400 search_text: got 'int', expected str: 123");
  });

  it('that are not declared change nothing', async () => {
    expect(await search(await served(), 'modifed_since=2035-01-01&stauts=New')).toBe('tributary');
  });

  it('are refused by name when their value is none of theirs', async () => {
    const server = await served();
    expect(await search(server, 'status=Fixed')).toMatch(
      /^400 status: Invalid value "Fixed". Acceptable values are: New, /,
    );
    expect(await search(server, 'order_by=heath')).toBe("400 Unrecognized order_by: 'heath'");
    expect(await search(server, 'assignee=/~nobody')).toBe('400 assignee: No such object "/~nobody".');
    expect((await ask(server, 'bugs?ws.op=serachTasks')).text).toBe('No such operation: serachTasks');
    expect((await ask(server, 'people?ws.op=find')).text).toBe('text: Required input is missing.');
  });

  it.each([
    '2025-03-01',
    '2025-03-01T00:00:00',
    '2025-03-01T00:00:00Z',
    '2025-03-01T00:00:00.123456+00:00',
    '2025-03-01 00:00:00+00:00',
  ])('take %s for a time in UTC', async (time) => {
    expect(await search(await served(), `created_since=${encodeURIComponent(time)}`)).toBe('tributary');
  });

  it.each(['2025-03-01T00:00:00+02:00', '2025-03-01 00:00:00', '20250301', 'yesterday'])(
    'do not take %s',
    async (time) => {
      expect(await search(await served(), `created_since=${encodeURIComponent(time)}`)).toMatch(/^400 created_since: /);
    },
  );

  it('bound times strictly, to the microsecond', async () => {
    const server = await served();
    expect(await search(server, 'created_since=2025-03-01T12:00:00.000000Z')).toBe('tributary');
    expect(await search(server, 'created_since=2025-03-01T12:00:00.000001Z')).toBe('');
    expect(await search(server, 'created_before=2025-03-01T12:00:00.000001Z')).toBe('');
    expect(await search(server, 'created_before=2025-03-01T12:00:00.000002Z')).toBe('tributary');
    expect(await search(server, 'modified_since=2025-03-01T23:59:59.999999Z')).toBe('tributary');
    expect(await search(server, 'modified_since=2025-03-02')).toBe('');
  });
});
