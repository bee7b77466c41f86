import type { View } from '../representation/view.js';
import type { Entity, Person } from '../world/entities.js';
import type { Question } from '../world/entities-questions.js';
import type { Parameters } from './parameters.js';

const DEFAULT_STATUSES: readonly string[] = ['Open', 'Needs information', 'Answered', 'Solved'];

/** How somebody has to do with a question. `Commenter` is anybody who wrote a message, `Answerer` who solved it. */
const PARTICIPATIONS: Readonly<Record<string, (question: Question, person: Person) => boolean>> = {
  Owner: ({ owner }, person) => owner === person,
  Subscriber: ({ subscribers }, person) => subscribers.has(person),
  Assignee: ({ assignee }, person) => assignee === person,
  Commenter: ({ messages }, person) => messages.some(({ owner }) => owner === person),
  Answerer: ({ answerer }, person) => answerer === person,
};

/** Questions that match, newest first unless asked otherwise. `on`: a person, or what was asked about; undefined is everything. */
export function searchQuestions(on: Entity | undefined, parameters: Parameters, view: View): readonly Question[] {
  const statuses = parameters.texts('status') ?? DEFAULT_STATUSES;
  const languages = parameters.texts('language');
  const since = parameters.time('created_since') ?? Number.NEGATIVE_INFINITY;
  const before = parameters.time('created_before') ?? Number.POSITIVE_INFINITY;
  const text = parameters.text('search_text')?.toLowerCase();
  const found = view.world.questions.all.filter(
    (question) =>
      statuses.includes(question.status) &&
      (languages === undefined || languages.some((language) => language.endsWith(question.language.code))) &&
      question.dateCreated > since &&
      question.dateCreated < before &&
      (text === undefined || `${question.title}\n${question.description}`.toLowerCase().includes(text)) &&
      isQuestionOf(question, on, parameters),
  );
  return found.sort(ordering(parameters.text('sort')));
}

function isQuestionOf(question: Question, on: Entity | undefined, parameters: Parameters): boolean {
  if (on === undefined) return true;
  if (on.type !== 'person' && on.type !== 'team') return question.target === on;
  if (parameters.flag('needs_attention') === true) {
    return (question.owner === on) === (question.status === 'Answered' || question.status === 'Needs information');
  }
  const kinds = parameters.texts('participation') ?? Object.keys(PARTICIPATIONS);
  return kinds.some((kind) => PARTICIPATIONS[kind]?.(question, on) === true);
}

function ordering(sort: string | undefined): (a: Question, b: Question) => number {
  if (sort === 'oldest first') return (a, b) => a.dateCreated - b.dateCreated || a.id - b.id;
  if (sort === 'recently updated first') return (a, b) => lastTouched(b) - lastTouched(a) || b.id - a.id;
  if (sort === 'by status') return (a, b) => (a.status < b.status ? -1 : a.status > b.status ? 1 : b.id - a.id);
  return (a, b) => b.dateCreated - a.dateCreated || b.id - a.id;
}

function lastTouched({ dateCreated, dateLastQuery, dateLastResponse }: Question): number {
  return Math.max(dateCreated, dateLastQuery ?? 0, dateLastResponse ?? 0);
}
