import type { Fact } from '../world/truth.js';
import type { Dumped, DumpedFields } from './walk.js';

type Row = Omit<Fact, 'private'>;

/** Reads the facts out of a walk's dump, to hold against the world's own. */
export function factsOfDump(dump: readonly Dumped[]): readonly Row[] {
  return dump.flatMap((line) => {
    if ('entry' in line) return entryFacts(line.entry);
    return 'of' in line ? line.entries.flatMap((fields) => collectionFacts(line.of, line.name, fields)) : [];
  });
}

function entryFacts(fields: DumpedFields): readonly Row[] {
  switch (typeOf(fields)) {
    case 'bug':
      return [row(fields, 'bug.created', 'owner_link', 'date_created')];
    case 'branch_merge_proposal':
      return rows(fields, [
        ['mp.proposed', 'registrant_link', 'date_created'],
        ['mp.reviewed', 'reviewer_link', 'date_reviewed'],
        ['mp.merged', 'merge_reporter_link', 'date_merged'],
      ]);
    case 'question':
      return [row(fields, 'question.asked', 'owner_link', 'date_created')];
    default:
      return [];
  }
}

const TASK_DATES = ['confirmed', 'triaged', 'in_progress', 'fix_committed', 'fix_released', 'closed', 'left_closed'];

function collectionFacts(of: string, name: string, fields: DumpedFields): readonly Row[] {
  const item = itemOf(of);
  const text = (field: string) => scalar(fields[field]);
  const fact = (what: string, who: string | null, date: string, detail: string): Row => ({
    ...row(fields, what, who, date, detail),
    item,
  });
  switch (name.split(' ')[0]) {
    case 'messages':
      if (item.startsWith('question')) {
        return [
          fact(
            'question.message',
            'owner_link',
            'date_created',
            `${text('index')} ${text('action')} ${text('new_status')}`,
          ),
        ];
      }
      return text('self_link').endsWith('/comments/0')
        ? []
        : [fact('bug.commented', 'owner_link', 'date_created', lastPart(text('self_link')))];
    case 'activity':
      return [
        fact(
          'bug.changed',
          'person_link',
          'datechanged',
          `${text('whatchanged')}: ${text('oldvalue')} -> ${text('newvalue')}`,
        ),
      ];
    case 'bug_tasks':
      return TASK_DATES.filter((date) => fields[`date_${date}`] !== null).map((date) =>
        fact(`bug.${date === 'left_closed' ? 'reopened' : date}`, null, `date_${date}`, text('bug_target_name')),
      );
    case 'all_comments':
      return fields['vote'] === null
        ? [fact('mp.commented', 'author_link', 'date_created', text('id'))]
        : [fact('mp.voted', 'author_link', 'date_created', `${text('id')} ${text('vote')}`)];
    case 'votes':
      return [fact('mp.review_requested', 'registrant_link', 'date_created', lastPart(text('reviewer_link')).slice(1))];
    case 'preview_diffs':
      return [fact('mp.diff', null, 'date_created', text('id'))];
    case 'getInlineComments': {
      const person = fields['person'] as DumpedFields;
      return [
        {
          item,
          what: 'mp.inline',
          who: scalar(person['name']),
          when: text('date'),
          detail: `${name.split(' ')[1]} ${text('line_number')}`,
        },
      ];
    }
    default:
      return [];
  }
}

function rows(fields: DumpedFields, wanted: readonly (readonly [string, string, string])[]): readonly Row[] {
  return wanted.filter(([, , date]) => fields[date] !== null).map(([what, who, date]) => row(fields, what, who, date));
}

function row(fields: DumpedFields, what: string, who: string | null, date: string, detail = ''): Row {
  const person = who === null ? null : fields[who];
  return {
    item: itemOf(scalar(fields['self_link'])),
    what,
    who: person == null ? null : lastPart(scalar(person)).slice(1),
    when: scalar(fields[date]),
    detail,
  };
}

const ITEMS: readonly (readonly [RegExp, string])[] = [
  [/\/\+merge\/(\d+)/, 'mp'],
  [/\/\+question\/(\d+)/, 'question'],
  [/\/bugs\/(\d+)/, 'bug'],
];

function itemOf(link: string): string {
  for (const [pattern, prefix] of ITEMS) {
    const id = pattern.exec(link)?.[1];
    if (id !== undefined) return `${prefix}-${id}`;
  }
  return link;
}

function typeOf(fields: DumpedFields): string {
  return lastPart(scalar(fields['resource_type_link'])).slice(1);
}

function lastPart(link: string): string {
  return decodeURIComponent(link.slice(link.lastIndexOf('/') + 1));
}

function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
