import { describe, expect, it } from '@jest/globals';

import type { LaunchpadServer } from '../server.js';
import { ask, quietWorld, serveWorld } from '../spec-server.js';
import type { CodeRef } from '../world/entities-code.js';
import type { World } from '../world/world.js';

const AT = { by: 'alice', at: '2025-04-01T00:00:00Z' };

async function found(server: LaunchpadServer, query: string, field = 'self_link'): Promise<string[]> {
  const { json } = await ask(server, query);
  return json.entries.map((entry) => String(entry[field]).replace(/^.*\/devel\//, '')).sort();
}

function gitRef(world: World, owner: string): CodeRef {
  const known = world.code.findRepository(owner, 'tributary', 'tributary');
  const repository = known ?? world.code.addRepository({ owner, project: 'tributary', name: 'tributary', at: AT.at });
  return { kind: 'git', repository, path: 'refs/heads/x' };
}

describe('searchTasks', () => {
  it('finds on a person what he is assigned, subscribed to, reported, or commented on or changed, a row for each task', async () => {
    const world = quietWorld();
    const add = (title: string, owner = 'alice', targets = ['tributary']) =>
      world.bugs.add({ owner, title, targets, at: AT.at });
    add('nothing of bob');
    world.bugs.assign(world.bugs.task(add('assigned', 'alice', ['tributary', 'estuary']), 'estuary'), 'bob', AT);
    world.bugs.subscribe(add('subscribed'), 'bob', AT);
    add('reported', 'bob');
    world.bugs.comment(add('commented'), 'me too', { by: 'bob', at: AT.at });
    world.bugs.setTags(add('changed', 'alice', ['tributary', 'ubuntu/+source/bash']), ['x'], { by: 'bob', at: AT.at });
    const server = await serveWorld(world);

    expect(await found(server, '~bob?ws.op=searchTasks')).toEqual([
      'estuary/+bug/2',
      'tributary/+bug/3',
      'tributary/+bug/4',
      'tributary/+bug/5',
      'tributary/+bug/6',
      'ubuntu/+source/bash/+bug/6',
    ]);
    const commenter = encodeURIComponent(`${server.url}devel/~bob`);
    expect(await found(server, `bugs?ws.op=searchTasks&bug_commenter=${commenter}`, 'bug_link')).toEqual([
      'bugs/4',
      'bugs/5',
      'bugs/6',
      'bugs/6',
    ]);
  });

  it('leaves out closed tasks and duplicates unless they are asked for', async () => {
    const world = quietWorld();
    for (const title of ['master', 'duplicate', 'closed'])
      world.bugs.add({ owner: 'alice', title, targets: ['tributary'], at: AT.at });
    world.bugs.markDuplicate(2, 1, AT);
    world.bugs.setStatus(world.bugs.task(3), 'Fix Released', AT);
    const server = await serveWorld(world);

    expect(await found(server, 'tributary?ws.op=searchTasks')).toEqual(['tributary/+bug/1']);
    expect(await found(server, 'tributary?ws.op=searchTasks&omit_duplicates=false')).toEqual([
      'tributary/+bug/1',
      'tributary/+bug/2',
    ]);
    expect(await found(server, 'tributary?ws.op=searchTasks&status=Fix+Released')).toEqual(['tributary/+bug/3']);
  });
});

describe('merge proposals', () => {
  it('are found by who owns the source, open ones first of all, newest first', async () => {
    const world = quietWorld();
    world.people.addTeam('core', { owner: 'alice', at: AT.at });
    const propose = (owner: string, at: string) =>
      world.code.propose({ registrant: 'bob', source: gitRef(world, owner), target: gitRef(world, 'carol'), at });
    const old = propose('bob', '2025-04-01T00:00:00Z');
    const young = propose('bob', '2025-04-03T00:00:00Z');
    const ofTeam = propose('core', '2025-04-02T00:00:00Z');
    world.code.setStatus(propose('bob', '2025-04-04T00:00:00Z'), 'Merged', AT);
    const server = await serveWorld(world);

    const ids = async (query: string) =>
      (await ask(server, query)).json.entries.map(({ self_link }) => Number(/\d+$/.exec(String(self_link))?.[0]));
    expect(await ids('~bob?ws.op=getMergeProposals')).toEqual([young.id, old.id]);
    expect(
      await ids('~bob?ws.op=getMergeProposals&created_since=2025-04-02&status=Merged&status=Needs+review'),
    ).toEqual([young.id + 2, young.id]);
    expect(await ids('~core?ws.op=getMergeProposals')).toEqual([ofTeam.id]);
    expect(await ids('tributary?ws.op=getMergeProposals')).toEqual([young.id, ofTeam.id, old.id]);
  });

  it('are found by the reviewer himself, not by his team, and no longer once they are decided', async () => {
    const world = quietWorld();
    world.people.addTeam('core', { owner: 'carol', at: AT.at });
    const [mine, ofTeam, decided] = [1, 2, 3].map((day) =>
      world.code.propose({
        registrant: 'bob',
        source: gitRef(world, 'bob'),
        target: gitRef(world, 'alice'),
        at: `2025-05-0${day}T00:00:00Z`,
      }),
    );
    for (const [proposal, reviewer] of [
      [mine, 'carol'],
      [ofTeam, 'core'],
      [decided, 'carol'],
    ] as const)
      world.code.requestReview(proposal!, reviewer, AT);
    world.code.setStatus(decided!, 'Approved', AT);
    const server = await serveWorld(world);

    expect(await found(server, '~carol?ws.op=getRequestedReviews')).toEqual([
      `~bob/tributary/+git/tributary/+merge/${mine?.id}`,
    ]);
    expect(await found(server, '~carol?ws.op=getRequestedReviews&status=Approved')).toHaveLength(1);
  });

  it('give inline comments with the whole of who wrote them', async () => {
    const world = quietWorld();
    const proposal = world.code.propose({
      registrant: 'bob',
      source: gitRef(world, 'bob'),
      target: gitRef(world, 'alice'),
      at: AT.at,
    });
    const diff = world.code.addDiff(proposal, { added: 3, removed: 1, at: AT.at });
    world.code.commentInline(diff, 7, 'why?', { by: 'carol', at: '2025-05-01T00:00:00.25Z' });
    const server = await serveWorld(world);

    const { text } = await ask(
      server,
      `~bob/tributary/+git/tributary/+merge/${proposal.id}?ws.op=getInlineComments&previewdiff_id=${diff.id}`,
    );
    const date = '2025-05-01T00:00:00.250000+00:00';
    expect(JSON.parse(text)).toMatchObject([{ line_number: '7', text: 'why?', date, person: { name: 'carol' } }]);
    // Launchpad publishes them with a comment, which has their author and date.
    const comments = await ask(server, `~bob/tributary/+git/tributary/+merge/${proposal.id}/all_comments`);
    expect(comments.json.entries).toMatchObject([{ date_created: date, author_link: `${server.url}devel/~carol` }]);
  });
});

describe('questions and packages', () => {
  it('finds by participation, without those that expired or are invalid', async () => {
    const world = quietWorld();
    const ask1 = world.questions.ask({ owner: 'alice', target: 'tributary', title: 'How?', at: AT.at });
    world.questions.message(ask1, 'Answer', { by: 'bob', at: AT.at });
    const dead = world.questions.ask({ owner: 'alice', target: 'tributary', title: 'Why?', at: AT.at });
    world.questions.message(dead, 'Expire', { by: 'carol', at: AT.at });
    const server = await serveWorld(world);

    expect(await found(server, '~alice?ws.op=searchQuestions&participation=Owner')).toEqual([
      `tributary/+question/${ask1.id}`,
    ]);
    expect(await found(server, '~alice?ws.op=searchQuestions&status=Expired')).toEqual([
      `tributary/+question/${dead.id}`,
    ]);
    expect(await found(server, '~bob?ws.op=searchQuestions&participation=Commenter')).toHaveLength(1);
    expect((await ask(server, `${server.url}1.0/~bob?ws.op=searchQuestions`)).text).toBe(
      'No such operation: searchQuestions',
    );
  });

  it('reads uploads in ascending order from a moment on, that moment included', async () => {
    const world = quietWorld();
    const archive = world.archives.addPpa('bob');
    for (const day of [3, 1, 2])
      world.archives.upload(archive, {
        source: 'bash',
        version: `1.${day}`,
        by: 'bob',
        at: `2025-06-0${day}T00:00:00Z`,
      });
    const server = await serveWorld(world);

    const { json } = await ask(
      server,
      '~bob/+archive/ubuntu/ppa?ws.op=getPublishedSources&order_by_date_ascending=true&created_since_date=2025-06-02',
    );
    expect(json.entries.map(({ source_package_version }) => source_package_version)).toEqual(['1.2', '1.3']);
    expect(json.entries[0]).not.toHaveProperty('web_link');
  });
});
