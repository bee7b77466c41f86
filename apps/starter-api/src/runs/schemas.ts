import { Type, type Static } from '@sinclair/typebox';
import { refTo } from '../schema-ref.js';

export const RunTypeSchema = Type.Object(
  {
    name: Type.String({ description: 'Workflow type.' }),
    slug: Type.String({ description: 'Last segment of the route that starts it.' }),
    title: Type.String(),
    description: Type.String(),
    taskQueue: Type.String({ description: 'Where its worker polls.' }),
    input: Type.Unsafe<Readonly<Record<string, unknown>>>({
      type: 'object',
      additionalProperties: true,
      description: 'JSON Schema of the input, without references to other documents.',
    }),
    example: Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true, description: 'An input.' }),
    start: Type.String({ description: 'Route that starts it with POST.' }),
  },
  { $id: 'RunType' },
);

export const RunTypeListSchema = Type.Object({ runTypes: Type.Array(refTo<Static<typeof RunTypeSchema>>('RunType')) }, { $id: 'RunTypeList' });

export const RunRetriedSchema = Type.Object(
  {
    workflowId: Type.String(),
    runId: Type.String({ description: 'Of the new run.' }),
    type: Type.String({ description: 'Workflow type.' }),
    status: Type.String(),
    retryOf: Type.String({ description: 'Run id of the run that failed.' }),
    from: Type.Optional(Type.String({ description: 'Type of the activity that is repeated first; what ended before it stands. Absent when all is repeated, or when the run had been retried already.' })),
    links: refTo<Record<string, string>>('RunLinks'),
  },
  { $id: 'RunRetried' },
);

export const runSchemas = [RunTypeSchema, RunTypeListSchema, RunRetriedSchema];

/** Body that says why, for the people who look at the run later. */
export const reasonBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'Why. Kept in the history of the run.' }) },
  { additionalProperties: false },
);
