import { Type } from '@sinclair/typebox';
import { OUTCOMES } from '../etl/result.js';
import { closed, count, countsByName, list, oneOf, timestamp } from './building-blocks.js';
import { EventCountsSchema, phaseMillis } from './etl-progress.js';
import { ObjectRefSchema } from './object-ref.js';

const OutcomeCountsSchema = closed(
  { done: count(), private: count(), gone: count(), failed: count() },
  { title: 'OutcomeCounts' },
);

/** Schema of `SubjectReport`, a line of a run's report. */
export const SubjectReportSchema = closed(
  {
    subject: Type.String({ minLength: 1, description: 'Name in the source: a member, a project.' }),
    outcome: oneOf(OUTCOMES),
    renamedTo: Type.Optional(Type.String({ minLength: 1 })),
    units: OutcomeCountsSchema,
    problems: list(
      closed({
        unit: Type.String({ minLength: 1 }),
        outcome: oneOf(['private', 'gone', 'failed']),
        code: Type.String({ minLength: 1 }),
        message: Type.String(),
      }),
    ),
  },
  { title: 'SubjectReport', description: 'How reading a subject ended.' },
);

/** Schema of `EtlFlowResult`. */
export const EtlFlowResultSchema = closed(
  {
    query: Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', description: 'The query in a few words.' }),
    window: closed({ start: timestamp('Inclusive.'), end: timestamp('Exclusive.') }, { description: 'Window in effect.' }),
    events: EventCountsSchema,
    types: countsByName({ description: 'Events of the run by type.' }),
    subjects: OutcomeCountsSchema,
    units: OutcomeCountsSchema,
    records: count('Records that were read.'),
    quarantined: count('Those of them that could not be transformed.'),
    report: ObjectRefSchema,
    phaseMillis: phaseMillis(),
  },
  { title: 'EtlFlowResult', description: 'Result of a green flow, and part of the details of ETL_RUN_INCOMPLETE.' },
);
