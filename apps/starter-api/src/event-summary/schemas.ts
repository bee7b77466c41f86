import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { SummarizeEventsInputSchema } from '@tributary/workflow-contracts/schemas';

const monday = (description: string) => Type.String({ format: 'date', description });

export const EventSummarySchema = Type.Object(
  {
    from: monday('Monday of the first week, of UTC.'),
    to: monday('Monday of the last week.'),
    total: Type.Integer({ minimum: 0, description: 'Events of all types in these weeks.' }),
    weeks: Type.Array(
      Type.Object({
        week: monday('Monday of the week.'),
        type: Type.String({ description: 'Type of the events: bug.created.' }),
        count: Type.Integer({ minimum: 1 }),
      }),
      { description: 'By week and type, in their order. What is not in the list has no events.' },
    ),
    omitted: Type.Optional(
      Type.Object(
        { types: Type.Integer({ minimum: 1 }), events: Type.Integer({ minimum: 1 }) },
        { description: 'Types beyond the hundred most frequent ones, and how many events they have; the total has them too.' },
      ),
    ),
  },
  { $id: 'EventSummary' },
);
export type EventSummary = Static<typeof EventSummarySchema>;

export const eventSummaryQuery = SummarizeEventsInputSchema;

export const eventSummarySchemas: readonly TSchema[] = [EventSummarySchema];
