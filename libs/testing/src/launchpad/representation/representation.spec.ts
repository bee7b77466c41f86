import { describe, expect, it } from '@jest/globals';

import { ask, quietWorld, serveWorld, signed } from '../spec-server.js';
import { createWorld } from '../world/create-world.js';
import type { Entity } from '../world/entities.js';
import type { World } from '../world/world.js';
import { ANONYMOUS } from './caller.js';
import { represent } from './represent.js';
import { serviceDescription } from './service-description.js';
import { View } from './view.js';

function everyEntity(world: World): readonly Entity[] {
  return [
    ...world.people.all.flatMap((person) => [person, ...person.members]),
    ...world.pillars.all.flatMap((pillar) => [
      pillar,
      ...pillar.milestones,
      ...(pillar.type === 'distribution' ? pillar.series : []),
    ]),
    ...world.pillars.languages,
    ...world.bugs.all.flatMap((bug) => [
      bug,
      ...bug.tasks,
      ...bug.tasks.map(({ target }) => target),
      ...bug.activity,
      ...bug.messages,
    ]),
    ...world.code.repositories,
    ...world.code.branches,
    ...world.code.proposals.flatMap((proposal) => [
      proposal,
      ...proposal.comments,
      ...proposal.votes,
      ...proposal.diffs,
    ]),
    ...world.questions.all.flatMap((question) => [question, ...question.messages]),
    ...world.blueprints.all,
    ...world.archives.all.flatMap((archive) => [archive, ...archive.publications]),
  ];
}

describe('the JSON of an entity', () => {
  const world = createWorld({ bugs: 120 });
  const view = new View(world, 'devel', ANONYMOUS, 'http://x/devel/', 'http://x/');

  it('has exactly the fields that the service description has, with no values but the declared ones', () => {
    const seen = new Set<string>();
    for (const entity of everyEntity(world)) {
      const { self_link: _s, web_link: _w, resource_type_link: _r, http_etag: _e, ...fields } = represent(entity, view);
      const described = serviceDescription().types[entity.type]?.fields ?? {};
      seen.add(entity.type);
      expect(Object.keys(fields).sort()).toEqual(Object.keys(described).sort());
      for (const [name, { values }] of Object.entries(described)) {
        const value = fields[name];
        if (values !== undefined && value !== null) expect(values).toContain(value);
      }
    }
    expect(seen.size).toBe(25);
  });

  it('has every link in the same service, each leading somewhere', async () => {
    const server = await serveWorld(world);
    const { json } = await ask(server, 'bugs/1');
    for (const [name, link] of Object.entries(json)) {
      if (!name.endsWith('_collection_link')) continue;
      expect([name, (await ask(server, String(link))).status]).toEqual([name, 200]);
    }
  });

  it('lacks in the older versions what only the newest has', async () => {
    const server = await serveWorld(world);
    const older = async (path: string) => (await ask(server, `${server.url}1.0/${path}`)).json;
    expect(await older('bugs/1/messages')).not.toHaveProperty('entries.0.visible');
    expect(await older('~alice')).toMatchObject({ latitude: null, self_link: `${server.url}1.0/~alice` });
    const [blueprint] = world.blueprints.all;
    expect(Object.keys(await older(`${blueprint?.target.name}/+spec/${blueprint?.name}`))).toHaveLength(5);
    expect((await ask(server, `${server.url}2.0/~alice`)).status).toBe(404);
  });

  it('links to its own host when it is read below /api', async () => {
    const server = await serveWorld(world);
    expect((await ask(server, `${server.url}api/devel/~bob`)).json['self_link']).toBe(`${server.url}api/devel/~bob`);
  });
});

describe('times', () => {
  it('have six digits of fraction or none', async () => {
    const world2 = quietWorld();
    world2.bugs.add({ owner: 'alice', title: 'a', targets: ['tributary'], at: '2025-01-02T03:04:05Z' });
    world2.bugs.comment(1, 'b', { by: 'bob', at: '2025-01-02T03:04:05.0001Z' });
    const server = await serveWorld(world2);
    expect((await ask(server, 'bugs/1')).json).toMatchObject({
      date_created: '2025-01-02T03:04:05+00:00',
      date_last_message: '2025-01-02T03:04:05.000100+00:00',
      date_made_private: null,
    });
  });
});

describe('who may see what', () => {
  it('hides what is private, and values that are only for some', async () => {
    const world3 = quietWorld();
    world3.people.addTeam('hidden', { owner: 'bob', private: true });
    world3.people.redact('carol', 'time_zone');
    world3.bugs.add({ owner: 'alice', title: 'secret', targets: ['tributary'], informationType: 'Private' });
    world3.bugs.add({ owner: 'hidden', title: 'open', targets: ['tributary'] });
    world3.bugs.markDuplicate(2, 1, { by: 'alice' });
    const server = await serveWorld(world3);
    const as = (name: string, admin = false) => signed(server.tokens.issue(name, { admin }));
    const redacted = 'tag:launchpad.net:2008:redacted';

    expect((await ask(server, 'bugs/1')).status).toBe(404);
    expect((await ask(server, 'bugs/1', as('carol'))).status).toBe(404);
    expect((await ask(server, 'bugs/1', as('alice'))).status).toBe(200);
    expect((await ask(server, 'bugs/1', signed(server.tokens.issue('alice', { level: 'READ_PUBLIC' })))).status).toBe(
      404,
    );
    expect((await ask(server, 'bugs/2')).json).toMatchObject({ owner_link: redacted, duplicate_of_link: redacted });
    expect((await ask(server, 'bugs/2', as('bob'))).json).toMatchObject({
      owner_link: `${server.url}devel/~hidden`,
      duplicate_of_link: redacted,
    });
    expect((await ask(server, '~carol')).json).toMatchObject({
      time_zone: redacted,
      id: redacted,
      preferred_email_address_link: redacted,
    });
    expect((await ask(server, '~carol', as('carol'))).json).toMatchObject({ time_zone: 'UTC', id: 3 });
    expect((await ask(server, '~carol', as('bob', true))).json).toMatchObject({ time_zone: 'UTC' });
  });

  it('says how a person is not to be had', async () => {
    const server = await serveWorld(createWorld({ bugs: 0, proposals: 0 }));
    const statusOf = async (path: string) => (await ask(server, path)).status;
    expect(await statusOf('~mallory')).toBe(410);
    expect(await Promise.all(['~ghost', '~trent', '~trent-merged', '~nobody', '~shadow'].map(statusOf))).toEqual([
      404, 404, 404, 404, 404,
    ]);
    const shouted = await ask(server, '~ALICE?ws.op=searchTasks');
    expect([shouted.status, shouted.headers.get('location')]).toEqual([
      301,
      `${server.url}devel/~alice?ws.op=searchTasks`,
    ]);
    expect((await ask(server, '~liv')).headers.get('location')).toBe(`${server.url}devel/~olivia`);
    expect(await statusOf('people/+me')).toBe(401);
    const me = await ask(server, 'people/+me', signed(server.tokens.issue('bob')));
    expect([me.status, me.headers.get('location')]).toEqual([303, `${server.url}devel/~bob`]);
  });
});
