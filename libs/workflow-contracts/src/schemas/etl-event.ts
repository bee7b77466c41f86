import { Type, type TUnsafe } from '@sinclair/typebox';
import { closed } from './building-blocks.js';

/** Text, or null where the source does not say. */
function nullableText(description: string): TUnsafe<string | null> {
  return Type.Unsafe<string | null>({ anyOf: [{ type: 'string', minLength: 1 }, { type: 'null' }], description });
}

/** Schema of `Event`, a row of the events table. */
export const EventSchema = closed(
  {
    id: Type.String({ minLength: 1, description: "Stable within its source: made from the source's own ids." }),
    parent_id: Type.String({ minLength: 1, description: 'What the event happened to.', examples: ['bug-1'] }),
    week: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Monday of the UTC week.' }),
    employee_id: nullableText('Who did it; null where the source does not say.'),
    type: Type.String({ minLength: 1, description: 'One of the event catalogue.', examples: ['bug.commented'] }),
    time_utc: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z$',
      description: 'RFC 3339 in UTC with six digits of fraction.',
    }),
    source_kind_id: Type.String({ minLength: 1, description: 'The kind of source.', examples: ['launchpad'] }),
    relation_properties: Type.Unsafe<Readonly<Record<string, unknown>>>({
      type: 'object',
      description: 'What belongs to the event of this type; people stand in it by their employee id.',
    }),
  },
  { title: 'Event', description: 'One thing that somebody did, once.' },
);
