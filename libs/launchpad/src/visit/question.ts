import type { PageCursor } from '@tributary/clients/launchpad';
import type { QuestionFields, QuestionMessageFields } from '@tributary/transformers/launchpad';
import type { Memory, Visit } from '../list/recheck.js';
import { fields, lastPart, linkIn, nameIn } from '../source/fields.js';
import { behalfOf, includes, text } from '../source/payload.js';
import { firstPage, toJson, unlessPutAside, type Reader, type Visited } from '../source/reading.js';
import { remembered, seeComments, seeOthers, startSeen, type Seen } from './remember.js';

const MESSAGE_FIELDS = [
  'self_link',
  'date_created',
  'owner_link',
  'subject',
  'content',
  'visible',
  'date_deleted',
  'date_last_edited',
  'action',
  'new_status',
] as const;

interface QuestionCursor {
  /** Its messages can't be read; what the listing told is loaded. */
  readonly lost?: true;
  readonly at?: PageCursor;
  readonly seen: Seen;
}

/** A question as its listing had it, and its messages. */
export const readQuestion: Reader = async (reading, cursor) => {
  const { launchpad, query, unit, context } = reading;
  const { payload } = unit;
  const row = payload['row'] as unknown as QuestionFields;
  const id = Number(lastPart(row.self_link));
  const anonymous = includes(behalfOf(payload), nameIn(row.owner_link ?? undefined));
  const { end } = context.window;
  const state = (cursor as QuestionCursor | undefined) ?? { seen: seeOthers(startSeen(row.date_created), payload['dates'] as (string | null)[], end) };

  const link = linkIn(payload, 'messages');
  const options = { signal: context.signal, ...(state.at === undefined ? {} : { cursor: state.at }) };
  const question: Visited = { record: { kind: 'question', bodies: query.bodies, question: row }, anonymous };
  const read = () => firstPage(launchpad.collection('question_message', link, options));
  const page = cursor === undefined ? await unlessPutAside(read) : await read();
  if (page === undefined) return { records: [question], cursor: toJson({ ...state, lost: true }) };
  const messages = page.entries.map((entry) => fields<QuestionMessageFields>(entry, MESSAGE_FIELDS));
  const records: Visited[] = messages.map((message) => ({
    record: { kind: 'question_message', bodies: query.bodies, question: id, message },
    anonymous,
  }));
  if (cursor === undefined) records.unshift(question);

  const seen = seeComments(state.seen, messages.map(({ date_created: date }) => date), end);
  if (page.cursor !== undefined) return { records, cursor: toJson({ at: page.cursor, seen }) };
  const known = { etag: text(payload, 'etag'), seen, votesRead: true };
  const remember = remembered(reading, payload['visit'] as unknown as Visit, (payload['memory'] ?? undefined) as Memory | undefined, known);
  return { records, cursor: undefined, remember };
};
