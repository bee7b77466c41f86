import { Type, type Static } from '@sinclair/typebox';

/** One place of a request that does not fit. */
export const InputProblemSchema = Type.Object({
  pointer: Type.String({ description: 'JSON pointer of the place, within the part of the request that "detail" names.' }),
  received: Type.Optional(Type.String({ description: 'What was received, shortened; never shown for what may be a credential.' })),
  allowed: Type.String({ description: 'What is allowed.' }),
});
export type InputProblem = Static<typeof InputProblemSchema>;

/** RFC 9457 problem details, of every refusal and error. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'URN of the kind of problem.' }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'What was received and what is allowed.' }),
    instance: Type.Optional(Type.String({ description: 'Path of the request.' })),
    code: Type.String({ description: 'Stable code of the error.' }),
    fix: Type.String({ description: 'What to do now.' }),
    documentation: Type.String({ description: 'Path of the page of this API that documents the error.' }),
    errors: Type.Optional(Type.Array(InputProblemSchema, { description: 'Each place that does not fit.' })),
    run: Type.Optional(Type.String({ description: 'Path of the run that stands in the way.' })),
  },
  { $id: 'Problem', title: 'Problem', description: 'Problem details (RFC 9457).' },
);
export type Problem = Static<typeof ProblemSchema>;
