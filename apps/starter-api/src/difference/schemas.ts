import { Type } from '@sinclair/typebox';

const count = Type.Integer({ minimum: 0 });
const name = { typeName: Type.String(), qualifiedName: Type.String() };
const run = (description: string) =>
  Type.Object(
    {
      workflowId: Type.String(),
      runId: Type.String(),
      startedAt: Type.String({ format: 'date-time' }),
      self: Type.String({ description: 'Path of the run.' }),
    },
    { description },
  );

export const RunDifferenceSchema = Type.Object(
  {
    connection: Type.String({ description: 'Qualified name of the connection.' }),
    before: run('The earlier run.'),
    after: run('The later run.'),
    counts: Type.Array(Type.Object({ typeName: Type.String(), added: count, removed: count, changed: count, unchanged: count }), {
      description: 'All changes by entity type, in order of name.',
    }),
    added: Type.Array(Type.Object(name), { description: 'The first of them.' }),
    removed: Type.Array(Type.Object(name), { description: 'The first of them.' }),
    changed: Type.Array(
      Type.Object({
        ...name,
        attributes: Type.Array(
          Type.Object({
            name: Type.String({ description: 'Of the attribute; those of customAttributes after that word and a dot.' }),
            before: Type.Optional(Type.String({ description: 'Former value: text as it is, anything else as JSON. Absent when there was none.' })),
            after: Type.Optional(Type.String({ description: 'Present value. Absent when there is none.' })),
            cut: Type.Optional(Type.Boolean({ description: 'The values are longer than what is shown.' })),
          }),
        ),
      }),
      { description: 'The first of them.' },
    ),
    truncated: Type.Boolean({ description: 'There are more changes than are named; counts has them all.' }),
    caveats: Type.Array(Type.String(), {
      description: 'Why something may be listed as added or removed that was there before, or still is: other filters, missing privileges, quarantine.',
    }),
  },
  { $id: 'RunDifference', description: 'What the later run published otherwise than the earlier one.' },
);

export const differenceSchemas = [RunDifferenceSchema];
