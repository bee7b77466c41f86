import { type CodeRef, type Proposal, VOTES, type VoteValue } from './entities-code.js';
import type { Person, Project } from './entities.js';
import { actors, beginnings, type GeneratorContext, later, paragraph, projects, teams, title } from './generator.js';
import type { Micros } from './time.js';

type End =
  | 'Work in progress'
  | 'Needs review'
  | 'Approved'
  | 'Rejected'
  | 'Merged'
  | 'Code failed to merge'
  | 'Queued'
  | 'Superseded';
/** How proposals end; most are merged. */
const ENDS: readonly End[] = [
  'Merged',
  'Merged',
  'Merged',
  'Needs review',
  'Approved',
  'Rejected',
  'Superseded',
  'Work in progress',
  'Code failed to merge',
  'Queued',
];

export function generateProposals(context: GeneratorContext, count: number): void {
  const { random } = context;
  const owners = [...actors(context), ...actors(context), ...teams(context)];
  const all = projects(context);
  if (all.length === 0) return;
  for (const [i, at] of beginnings(context, count).entries()) {
    const project = random.pick(all);
    const owner = random.pick(owners);
    const bazaar = random.chance(0.15);
    const registrant =
      owner.type === 'team'
        ? (context.world.people.members(owner).find(({ type }) => type === 'person') ?? owner)
        : owner;
    const proposal = context.world.code.propose({
      registrant,
      source: bazaar
        ? branch(context, owner, project, `fix-${i}`, at)
        : gitRef(context, owner, project, `refs/heads/fix-${i}`, at),
      target: bazaar
        ? branch(context, project.owner, project, 'trunk', at)
        : gitRef(context, project.owner, project, 'refs/heads/main', at),
      ...(random.chance(0.1) && !bazaar
        ? { prerequisite: gitRef(context, owner, project, `refs/heads/base-${i}`, at) }
        : {}),
      description: random.chance(0.1) ? null : paragraph(context),
      commitMessage: random.chance(0.5) ? title(context) : null,
      needsReview: random.chance(0.85),
      bugs: random.chance(0.3) ? random.some(context.world.bugs.all.slice(0, 200), 1) : [],
      at,
    });
    live(context, proposal, at, random.pick(ENDS));
  }
}

function gitRef({ world }: GeneratorContext, owner: Person, project: Project, path: string, at: Micros): CodeRef {
  const known = world.code.findRepository(owner.name, project.name, project.name);
  const isPrivate = owner.name === 'ivan';
  return {
    kind: 'git',
    path,
    repository: known ?? world.code.addRepository({ owner, project, name: project.name, private: isPrivate, at }),
  };
}

function branch({ world }: GeneratorContext, owner: Person, project: Project, name: string, at: Micros): CodeRef {
  return {
    kind: 'bzr',
    branch: world.code.findBranch(owner.name, project.name, name) ?? world.code.addBranch({ owner, project, name, at }),
  };
}

function live(context: GeneratorContext, proposal: Proposal, at: Micros, end: End): void {
  const { world, random } = context;
  const { code } = world;
  const people = actors(context);
  let time = at;
  const next = () => (time = later(context, time));
  let diff = code.addDiff(proposal, { added: random.between(1, 500), removed: random.between(0, 200), at: next() });
  for (const reviewer of random.some([...people, ...teams(context)], random.between(0, 2))) {
    code.requestReview(proposal, reviewer, {
      by: proposal.registrant,
      at: next(),
      ...(random.chance(0.3) ? { reviewType: 'security' } : {}),
    });
  }
  for (let step = random.between(0, 6); step > 0; step -= 1) {
    const by = random.pick(people);
    const dice = random.next();
    if (dice < 0.35) code.comment(proposal, paragraph(context), { by, at: next() });
    else if (dice < 0.65) vote(context, proposal, by, next());
    else if (dice < 0.8) code.commentInline(diff, random.between(1, 400), title(context), { by, at: next() });
    else if (dice < 0.9) {
      const conflicts = random.chance(0.2) ? { conflicts: 'Conflict: can be merged in src/main.py' } : {};
      diff = code.addDiff(proposal, {
        added: random.between(1, 500),
        removed: random.between(0, 200),
        at: next(),
        ...conflicts,
      });
    } else code.deleteComment(code.comment(proposal, paragraph(context), { by, at: next() }), next());
  }
  finish(context, proposal, end, next);
}

function vote(context: GeneratorContext, proposal: Proposal, by: Person, at: Micros): void {
  const value: VoteValue = context.random.pick(VOTES);
  context.world.code.comment(proposal, paragraph(context), {
    by,
    at,
    vote: value,
    ...(context.random.chance(0.2) ? { voteTag: 'security' } : {}),
  });
}

function finish(context: GeneratorContext, proposal: Proposal, end: End, next: () => Micros): void {
  const { world, random } = context;
  const people = actors(context);
  if (end === 'Superseded') {
    const following = world.code.supersede(proposal, { by: proposal.registrant, at: next() });
    world.code.addDiff(following, { added: 1, removed: 1, at: next() });
    if (random.chance(0.5)) finish(context, following, random.chance(0.5) ? 'Superseded' : 'Merged', next);
    return;
  }
  if (end === 'Merged' || end === 'Code failed to merge')
    world.code.setStatus(proposal, 'Approved', { by: random.pick(people), at: next() });
  if (end === 'Needs review' && proposal.dateReviewRequested !== null) return;
  const by = end === 'Merged' ? random.pick(['launchpad-janitor', proposal.registrant]) : random.pick(people);
  world.code.setStatus(proposal, end, { by, at: next() });
}
