import type { Resource } from '@tributary/clients/launchpad';
import type { Unit } from '@tributary/etl';
import type { QuestionFields } from '@tributary/transformers/launchpad';
import { isFrom } from '../times.js';
import { fields, lastPart, linkIn, textOf } from '../source/fields.js';
import { behalfOf, behalfPayload, listedNow, text } from '../source/payload.js';
import type { Reader, Reading } from '../source/reading.js';
import { readKeyset } from './keyset-listing.js';
import { recalledVisits } from './recalled.js';
import { readStable } from './stable-listing.js';

type Question = Resource<'question'>;

/** Without statuses Launchpad leaves out Expired and Invalid. */
const STATUSES = ['Open', 'Needs information', 'Answered', 'Solved', 'Expired', 'Invalid'] as const;
const CLOSED: readonly string[] = ['Solved', 'Expired', 'Invalid'];

const QUESTION_FIELDS = ['self_link', 'date_created', 'owner_link', 'title', 'status', 'target_link', 'language_link', 'assignee_link'] as const;

/** Questions that a person asked, commented on or answered. */
export const readQuestionsOf: Reader = async (reading, cursor) => {
  const { launchpad, unit, context } = reading;
  const page = await readKeyset(reading, cursor, {
    direction: 'ascending',
    pages: (bound, options) =>
      launchpad.operation(
        'person.searchQuestions',
        linkIn(unit.payload, 'link'),
        {
          participation: ['Owner', 'Commenter', 'Answerer'],
          status: STATUSES,
          sort: 'oldest first',
          created_before: context.window.end,
          ...(bound === undefined ? {} : { created_since: bound }),
        },
        options,
      ),
  });
  return { records: [], discovered: await questionUnits(reading, page.entries), cursor: page.cursor };
};

/** Questions about a project or distribution. */
export const readQuestionsIn: Reader = (reading, cursor) => {
  const { launchpad, unit, context } = reading;
  const operation = text(unit.payload, 'type') === 'distribution' ? 'distribution.searchQuestions' : 'project.searchQuestions';
  return readStable(reading, cursor, {
    pages: (options) => launchpad.operation(operation, linkIn(unit.payload, 'link'), { status: STATUSES, sort: 'oldest first' }, options),
    keep: ({ date_created: created }) => !isFrom(textOf(created), context.window.end),
    discover: (questions) => questionUnits(reading, questions),
  });
};

/** Their dates can't tell whether something happened in the window: comments, and changes of status, do not move them. */
async function questionUnits(reading: Reading, questions: readonly Question[]): Promise<readonly Unit[]> {
  const { query, unit } = reading;
  const rows = questions.map((question) => ({
    key: `question:${lastPart(question.self_link)}`,
    etag: question.http_etag,
    open: !CLOSED.includes(textOf(question.status) ?? ''),
    question,
  }));
  const behalf = behalfPayload(behalfOf(unit.payload));
  const visits = await recalledVisits(reading, rows);
  return visits.map(({ row: { key, etag, question }, visit, memory }) => ({
    key,
    stage: 'visit',
    kind: 'question',
    payload: {
      ...behalf,
      etag,
      ...listedNow(),
      row: { ...fields<QuestionFields>(question, query.bodies ? [...QUESTION_FIELDS, 'description'] : QUESTION_FIELDS) },
      dates: [textOf(question.date_last_query), textOf(question.date_last_response), textOf(question.date_solved)].map((date) => date ?? null),
      messages: textOf(question.messages_collection_link) ?? null,
      visit: { ...visit },
      memory: memory === undefined ? null : { ...memory },
    },
    subjects: unit.subjects,
  }));
}
