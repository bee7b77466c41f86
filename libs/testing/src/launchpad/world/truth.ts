import { isPrivate, targetName } from './bugs.js';
import { placeOf } from './code.js';
import type { Bug, TaskDates } from './entities-bugs.js';
import type { Proposal } from './entities-code.js';
import type { Question } from './entities-questions.js';
import type { Archive, Person, Specification } from './entities.js';
import { isoformat, type Micros } from './time.js';
import type { World } from './world.js';

/** One thing that somebody did, straight from the world's data. */
export interface Fact {
  /** `bug-1`, `mp-500001`, `question-700001`, `blueprint-tributary/plan-1`, `upload-1`, `team-core`. */
  readonly item: string;
  /** `bug.commented`, `mp.voted` … */
  readonly what: string;
  /** Name of who did it; null when Launchpad does not tell. */
  readonly who: string | null;
  /** As Launchpad writes it: UTC, microseconds unless they are zero. */
  readonly when: string;
  /** What tells it from others like it: a position, a value, a target. */
  readonly detail: string;
  /** Whether only some may see it. */
  readonly private: boolean;
}

/** All that happened in a world; tests compare what came out of it, by whatever way, with this. */
export function truth(world: World): readonly Fact[] {
  return [
    ...world.bugs.all.flatMap(bugFacts),
    ...world.code.proposals.flatMap(proposalFacts),
    ...world.questions.all.flatMap(questionFacts),
    ...world.blueprints.all.flatMap(blueprintFacts),
    ...world.archives.all.flatMap(uploadFacts),
    ...world.people.all.flatMap(teamFacts),
  ];
}

type Add = (what: string, who: Person | null, when: Micros | null, detail?: string | number | null) => void;

function collect(item: string, hidden: boolean, write: (add: Add) => void): readonly Fact[] {
  const facts: Fact[] = [];
  write((what, who, when, detail) => {
    if (when === null) return;
    facts.push({
      item,
      what,
      who: who?.name ?? null,
      when: isoformat(when),
      detail: String(detail ?? ''),
      private: hidden,
    });
  });
  return facts;
}

const TASK_DATES: readonly (readonly [string, keyof TaskDates])[] = [
  ['bug.confirmed', 'dateConfirmed'],
  ['bug.triaged', 'dateTriaged'],
  ['bug.in_progress', 'dateInProgress'],
  ['bug.fix_committed', 'dateFixCommitted'],
  ['bug.fix_released', 'dateFixReleased'],
  ['bug.closed', 'dateClosed'],
  ['bug.reopened', 'dateLeftClosed'],
];

function bugFacts(bug: Bug): readonly Fact[] {
  return collect(`bug-${bug.id}`, isPrivate(bug), (add) => {
    add('bug.created', bug.owner, bug.dateCreated);
    for (const message of bug.messages.slice(1))
      add('bug.commented', message.owner, message.dateCreated, message.index);
    for (const { person, dateChanged, whatChanged, oldValue, newValue } of bug.activity) {
      add('bug.changed', person, dateChanged, `${whatChanged}: ${oldValue ?? ''} -> ${newValue ?? ''}`);
    }
    for (const task of bug.tasks) {
      for (const [what, date] of TASK_DATES) add(what, null, task[date], targetName(task.target));
    }
  });
}

function proposalFacts(proposal: Proposal): readonly Fact[] {
  const hidden = placeOf(proposal.source).private || placeOf(proposal.target).private;
  return collect(`mp-${proposal.id}`, hidden, (add) => {
    add('mp.proposed', proposal.registrant, proposal.dateCreated);
    for (const { vote, author, dateCreated, id } of proposal.comments) {
      add(vote === null ? 'mp.commented' : 'mp.voted', author, dateCreated, vote === null ? id : `${id} ${vote}`);
    }
    for (const vote of proposal.votes)
      add('mp.review_requested', vote.registrant, vote.dateCreated, vote.reviewer.name);
    for (const { comment, diff, line } of proposal.inlineComments)
      add('mp.inline', comment.author, comment.dateCreated, `${diff.id} ${line}`);
    for (const { dateCreated, id } of proposal.diffs) add('mp.diff', null, dateCreated, id);
    add('mp.reviewed', proposal.reviewer, proposal.dateReviewed);
    add('mp.merged', proposal.mergeReporter, proposal.dateMerged);
  });
}

function questionFacts(question: Question): readonly Fact[] {
  return collect(`question-${question.id}`, 'private' in question.target && question.target.private, (add) => {
    add('question.asked', question.owner, question.dateCreated);
    for (const { owner, dateCreated, index, action, newStatus } of question.messages) {
      add('question.message', owner, dateCreated, `${index} ${action} ${newStatus}`);
    }
  });
}

function blueprintFacts(specification: Specification): readonly Fact[] {
  const { target, name } = specification;
  return collect(`blueprint-${target.name}/${name}`, target.private, (add) => {
    add('blueprint.created', specification.owner, specification.dateCreated);
    add('blueprint.started', specification.starter, specification.dateStarted);
    add('blueprint.completed', specification.completer, specification.dateCompleted);
  });
}

function uploadFacts(archive: Archive): readonly Fact[] {
  return archive.publications.flatMap((publication) =>
    collect(`upload-${publication.id}`, archive.private, (add) => {
      add(
        'package.uploaded',
        publication.packageCreator,
        publication.dateCreated,
        `${publication.source} ${publication.version}`,
      );
    }),
  );
}

/** Who is in a team now; when somebody left is in the row of a former member. */
function teamFacts(team: Person): readonly Fact[] {
  return collect(`team-${team.name}`, team.private, (add) => {
    for (const { member, status, dateJoined, dateExpires } of team.members) {
      add('team.joined', member, dateJoined, status);
      if (status === 'Deactivated' || status === 'Expired') add('team.left', member, dateExpires, status);
    }
  });
}
