import { Type } from '@sinclair/typebox';
import { closed, count, list } from './building-blocks.js';

/** A day, `YYYY-MM-DD`. */
export function day(description: string) {
  return Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description, examples: ['2026-03-02'] });
}

/** Schema of `SummarizeEventsInput`, the input of workflow `summarizeEvents`. */
export const SummarizeEventsInputSchema = closed(
  {
    from: Type.Optional(day('Any day of the first week, of UTC. Default: 25 weeks before the last week.')),
    to: Type.Optional(day('Any day of the last week, of UTC. Default: today. The span is three years at most.')),
  },
  { title: 'SummarizeEventsInput', description: 'Span of weeks whose events are counted.' },
);

/** Schema of `EventsTable`, the result of workflow `summarizeEvents`. */
export const EventsTableSchema = closed(
  {
    from: day('Monday of the first week.'),
    to: day('Monday of the last week.'),
    types: list(Type.String()),
    weeks: list(closed({ week: day('Monday of the week.'), counts: list(count()) })),
    omitted: Type.Optional(closed({ types: count(), events: count() })),
  },
  { title: 'EventsTable', description: 'Events by week and type; counts are in the order of types.' },
);
