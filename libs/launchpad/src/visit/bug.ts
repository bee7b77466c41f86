import type { PageCursor } from '@tributary/clients/launchpad';
import {
  activityKey,
  type BugActivityFields,
  type BugFields,
  type BugTaskFields,
  type MessageFields,
} from '@tributary/transformers/launchpad';
import { fields, linkIn, nameIn, textOf } from '../source/fields.js';
import { behalfOf, entriesOf, includes, text } from '../source/payload.js';
import { firstPage, toJson, type LaunchpadPage, type Reader, type Reading, type Visited } from '../source/reading.js';

const BUG_FIELDS = [
  'id',
  'date_created',
  'owner_link',
  'title',
  'description',
  'tags',
  'information_type',
  'heat',
  'number_of_duplicates',
  'users_affected_count',
  'duplicate_of_link',
] as const;
const ACTIVITY_FIELDS = ['datechanged', 'whatchanged', 'person_link', 'oldvalue', 'newvalue', 'message'] as const;
const MESSAGE_FIELDS = ['self_link', 'date_created', 'owner_link', 'subject', 'content', 'visible', 'date_deleted', 'date_last_edited'] as const;

interface Bug {
  readonly id: number;
  readonly anonymous: boolean;
  readonly activity: string;
  readonly messages: string;
}

type BugCursor =
  | {
      readonly step: 'activity';
      readonly bug: Bug;
      readonly at?: PageCursor;
      /** Changes of status so far, which tell what the dates of tasks are owed to. */
      readonly statuses: readonly BugActivityFields[];
      /** Rows of the last moment, by key: rows of one key are told apart by their order. */
      readonly moment: { readonly time: string; readonly keys: Readonly<Record<string, number>> };
    }
  | { readonly step: 'messages'; readonly bug: Bug; readonly at?: PageCursor };

/** A bug, its activity, its tasks, its comments. */
export const readBug: Reader = (reading, cursor) => {
  const at = cursor as unknown as BugCursor | undefined;
  if (at === undefined) return readEntry(reading);
  return at.step === 'activity' ? readActivity(reading, at) : readMessages(reading, at);
};

async function readEntry({ launchpad, query, unit, context: { signal } }: Reading): Promise<LaunchpadPage> {
  const resource = await launchpad.get('bug', text(unit.payload, 'link'), { signal });
  const record = fields<BugFields>(resource, BUG_FIELDS);
  const anonymous = includes(behalfOf(unit.payload), nameIn(textOf(resource.owner_link)));
  const bug: Bug = {
    id: record.id,
    anonymous,
    activity: linkIn(resource, 'activity_collection_link'),
    messages: linkIn(resource, 'messages_collection_link'),
  };
  const next: BugCursor = { step: 'activity', bug, statuses: [], moment: { time: '', keys: {} } };
  return { records: [{ record: { kind: 'bug', bodies: query.bodies, bug: record }, anonymous }], cursor: toJson(next) };
}

async function readActivity({ launchpad, query, unit, context: { signal } }: Reading, at: BugCursor & { step: 'activity' }): Promise<LaunchpadPage> {
  const { bug } = at;
  const page = await firstPage(launchpad.collection('bug_activity', bug.activity, { signal, ...(at.at === undefined ? {} : { cursor: at.at }) }));
  const rows = page.entries.map((entry) => fields<BugActivityFields>(entry, ACTIVITY_FIELDS));
  let { time, keys } = at.moment;
  const records: Visited[] = rows.map((activity) => {
    if (activity.datechanged !== time) [time, keys] = [activity.datechanged, {}];
    const key = activityKey(activity);
    const ordinal = keys[key] ?? 0;
    keys = { ...keys, [key]: ordinal + 1 };
    return { record: { kind: 'bug_activity', bodies: query.bodies, bug: bug.id, ordinal, activity }, anonymous: bug.anonymous };
  });
  const statuses = [...at.statuses, ...rows.filter(({ whatchanged }) => whatchanged === 'affects' || whatchanged?.endsWith(': status'))];
  if (page.cursor !== undefined) {
    return { records, cursor: toJson({ ...at, at: page.cursor, statuses, moment: { time, keys } }) };
  }
  const tasks = entriesOf<BugTaskFields>(unit.payload, 'task:').map(
    ([, task]): Visited => ({ record: { kind: 'bug_task', bug: bug.id, task, activity: statuses }, anonymous: bug.anonymous }),
  );
  return { records: [...records, ...tasks], cursor: toJson({ step: 'messages', bug }) };
}

async function readMessages({ launchpad, query, context: { signal } }: Reading, at: BugCursor & { step: 'messages' }): Promise<LaunchpadPage> {
  const { bug } = at;
  const page = await firstPage(launchpad.collection('message', bug.messages, { signal, ...(at.at === undefined ? {} : { cursor: at.at }) }));
  const records = page.entries.map(
    (entry): Visited => ({
      record: { kind: 'bug_message', bodies: query.bodies, bug: bug.id, message: fields<MessageFields>(entry, MESSAGE_FIELDS) },
      anonymous: bug.anonymous,
    }),
  );
  return { records, cursor: page.cursor === undefined ? undefined : toJson({ ...at, at: page.cursor }) };
}
