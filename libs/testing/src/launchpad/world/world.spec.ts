import { describe, expect, it } from '@jest/globals';

import { ANONYMOUS } from '../representation/caller.js';
import { represent } from '../representation/represent.js';
import { View } from '../representation/view.js';
import { quietWorld } from '../spec-server.js';
import { createWorld } from './create-world.js';
import { isoformat, micros } from './time.js';
import { truth } from './truth.js';
import type { World } from './world.js';

const on = (day: number) => `2025-03-0${day}T00:00:00Z`;

function bugOf(world: World) {
  return world.bugs.add({ owner: 'alice', title: 'A bug', targets: ['tributary', 'ubuntu/+source/bash'], at: on(1) });
}

describe('a change', () => {
  it('of a status leaves a line of activity and the dates that follow', () => {
    const world = quietWorld();
    const bug = bugOf(world);
    const task = world.bugs.task(bug, 'ubuntu/+source/bash');
    world.bugs.setStatus(task, 'Fix Released', { by: 'bob', at: on(2) });
    expect(task).toMatchObject({
      dateLeftNew: micros(on(2)),
      dateTriaged: micros(on(2)),
      dateFixReleased: micros(on(2)),
      dateClosed: micros(on(2)),
    });
    world.bugs.setStatus(task, 'Confirmed', { by: 'carol', at: on(3) });
    expect(task).toMatchObject({
      dateConfirmed: micros(on(2)),
      dateTriaged: null,
      dateFixReleased: null,
      dateClosed: null,
      dateLeftClosed: micros(on(3)),
    });
    expect(bug.dateLastUpdated).toBe(micros(on(3)));
    expect(
      bug.activity.map(({ person, whatChanged, oldValue, newValue }) => [person.name, whatChanged, oldValue, newValue]),
    ).toEqual([
      ['alice', 'bug', null, null],
      ['bob', 'bash (Ubuntu): status', 'New', 'Fix Released'],
      ['carol', 'bash (Ubuntu): status', 'Fix Released', 'Confirmed'],
    ]);
  });

  it('moves the date of the last update only where Launchpad moves it', () => {
    const world = quietWorld();
    const bug = bugOf(world);
    const moves = (change: () => void) => {
      const before = bug.dateLastUpdated;
      change();
      return bug.dateLastUpdated > before;
    };
    const message = world.bugs.comment(bug, 'text', { by: 'bob', at: on(2) });
    expect(bug.dateLastMessage).toBe(micros(on(2)));
    expect(moves(() => world.bugs.setTags(bug, ['x'], { by: 'bob', at: on(3) }))).toBe(true);
    expect(moves(() => void world.bugs.addTask(bug, 'estuary', { by: 'bob', at: on(4) }))).toBe(true);
    expect(moves(() => world.bugs.deleteTask(world.bugs.task(bug, 'estuary'), { by: 'bob', at: on(5) }))).toBe(false);
    expect(moves(() => world.bugs.editComment(message, 'other', on(5)))).toBe(false);
    expect(moves(() => world.bugs.subscribe(bug, 'carol', { by: 'carol', at: on(5) }))).toBe(false);
    expect(moves(() => world.bugs.affects(bug, 'carol'))).toBe(false);
  });

  it('of a proposal sets who and when, and a new request for review forgets them', () => {
    const world = quietWorld();
    const repository = world.code.addRepository({ owner: 'bob', project: 'tributary', name: 'r', at: on(1) });
    const ref = (path: string) => ({ kind: 'git' as const, repository, path });
    const proposal = world.code.propose({ registrant: 'bob', source: ref('a'), target: ref('b'), at: on(1) });
    world.people.addTeam('core', { owner: 'carol', at: on(1) });
    const vote = world.code.requestReview(proposal, 'core', { by: 'bob', at: on(2) });
    const comment = world.code.comment(proposal, 'good', { by: 'carol', vote: 'Approve', at: on(3) });
    expect([vote.reviewer.name, vote.comment, proposal.votes.length]).toEqual(['carol', comment, 1]);
    world.code.setStatus(proposal, 'Approved', { by: 'carol', at: on(3) });
    expect(proposal).toMatchObject({ dateReviewed: micros(on(3)), reviewer: { name: 'carol' } });
    world.code.setStatus(proposal, 'Needs review', { by: 'bob', at: on(4) });
    expect(proposal).toMatchObject({ dateReviewed: null, reviewer: null, dateReviewRequested: micros(on(4)) });
    const next = world.code.supersede(proposal, { by: 'bob', at: on(5) });
    expect([proposal.queueStatus, proposal.supersededBy, next.supersedes]).toEqual(['Superseded', next, proposal]);
  });

  it('of an account hands all that it did to the other one', () => {
    const world = createWorld({ seed: 4 });
    const before = truth(world);
    world.mergePerson('bob', 'carol');
    const moved = truth(world);
    expect(moved.filter(({ who }) => who === 'bob' || who === 'bob-merged')).toEqual([]);
    const named = (facts: typeof before) =>
      facts
        .filter(({ what }) => !what.startsWith('team'))
        .map(({ item, what, who, when }) => [item, what, who === 'bob' ? 'carol' : who, when]);
    expect(named(moved)).toEqual(named(before));
  });

  it('of an account keeps the paths of repositories apart', () => {
    const world = quietWorld();
    const [own, other] = ['alice', 'bob'].map((owner) =>
      world.code.addRepository({ owner, project: 'tributary', name: 'r', at: on(1) }),
    );
    world.mergePerson('bob', 'alice');
    world.people.rename('alice', 'alicia');
    expect(world.code.findRepository('alicia', 'tributary', 'r')).toBe(own);
    expect(world.code.findRepository('alicia', 'tributary', 'r-1')).toBe(other);
  });

  it('has the time of the clock when it says none, never the same twice', () => {
    const world = createWorld({ bugs: 1, clock: () => micros('2026-12-01T00:00:00Z') });
    const times = [1, 2].map((n) => world.bugs.comment(1, `comment ${n}`, { by: 'bob' }).dateCreated);
    expect(times.map(isoformat)).toEqual(['2026-12-01T00:00:00+00:00', '2026-12-01T00:00:00.000001+00:00']);
  });
});

describe('a generated world', () => {
  it('is the same for the same seed, and another for another', () => {
    const print = (seed: number) => {
      const world = createWorld({ seed });
      const view = new View(world, 'devel', ANONYMOUS, 'http://x/devel/', 'http://x/');
      return JSON.stringify([truth(world), world.bugs.all.map((bug) => represent(bug, view))]);
    };
    expect(print(5)).toBe(print(5));
    expect(print(5)).not.toBe(print(6));
  });

  it('holds what trips up a reader', () => {
    const world = createWorld({ seed: 2, bugs: 600, proposals: 200, questions: 150 });
    const { proposals } = world.code;
    const messages = world.bugs.all.flatMap((bug) => bug.messages);
    expect(world.bugs.all.some(({ tasks }) => tasks.length > 2)).toBe(true);
    expect(world.bugs.all.some(({ duplicateOf }) => duplicateOf !== null)).toBe(true);
    expect(world.bugs.all.some(({ owner }) => owner.type === 'team')).toBe(true);
    expect(messages.some(({ visible }) => !visible)).toBe(true);
    expect(messages.some(({ dateDeleted, content }) => dateDeleted !== null && content === '')).toBe(true);
    expect(messages.some(({ content }) => Buffer.byteLength(content) >= 1_048_576 && content.startsWith('🦊é'))).toBe(
      true,
    );
    expect(new Set(proposals.map(({ queueStatus }) => queueStatus)).size).toBe(8);
    expect(proposals.some(({ supersedes, supersededBy }) => supersedes !== null && supersededBy !== null)).toBe(true);
    expect(proposals.some(({ source }) => source.kind === 'bzr')).toBe(true);
    expect(proposals.some(({ votes }) => votes.some(({ comment }) => comment === null))).toBe(true);
    expect(proposals.some(({ inlineComments }) => inlineComments.length > 0)).toBe(true);
    expect(new Set(world.questions.all.map(({ status }) => status)).size).toBe(6);
    expect(new Set(world.questions.all.flatMap((question) => question.messages.map(({ action }) => action))).size).toBe(
      9,
    );
    const whole = truth(world).filter(({ when }) => !when.includes('.')).length / truth(world).length;
    expect(whole).toBeGreaterThan(0.1);
  });

  it('of thousands is there in a second or two', () => {
    const began = performance.now();
    const world = createWorld({ people: 50, bugs: 2000, proposals: 500, questions: 300 });
    expect(performance.now() - began).toBeLessThan(2000);
    expect(world.bugs.tasks.length).toBeGreaterThan(2500);
  });
});
