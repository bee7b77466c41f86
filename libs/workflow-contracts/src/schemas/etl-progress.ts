import { Type } from '@sinclair/typebox';
import { closed, count } from './building-blocks.js';

/** Schema of `EventCounts`. */
export const EventCountsSchema = closed(
  {
    inserted: count(),
    updated: count('Rows that were there with other values.'),
    unchanged: count(),
  },
  { title: 'EventCounts', description: 'What the load did with each event: counted once, as exactly one of them.' },
);

/** Wall time by phase. */
export function phaseMillis() {
  return Type.Unsafe<Readonly<Record<string, number>>>({
    type: 'object',
    additionalProperties: { type: 'number', minimum: 0 },
    description: 'Wall time of each finished phase in milliseconds.',
  });
}

/** Schema of `FlowProgress`, the answer of query `progress` of a flow. */
export const FlowProgressSchema = closed(
  {
    phase: Type.String({ minLength: 1, description: "planning, the source's stages in order, reporting, and at last done, failed or cancelled." }),
    done: count('Units finished in this phase.'),
    total: count('Units known in this phase.'),
    rate: Type.Number({ minimum: 0, description: 'Units per second in this phase.' }),
    phaseMillis: phaseMillis(),
    events: EventCountsSchema,
  },
  { title: 'FlowProgress' },
);
