import { Type } from '@sinclair/typebox';
import { closed, oneOf } from './building-blocks.js';

/** Schema of `Verdict`. */
export const VerdictSchema = closed(
  {
    selected: Type.Boolean({ description: 'Whether source and filters select it.' }),
    readable: Type.Boolean({ description: 'Whether the role can read it.' }),
    reason: Type.String({ description: 'In words.' }),
    rule: Type.Optional(
      closed(
        { list: oneOf(['include', 'exclude']), index: Type.Integer({ minimum: 0 }) },
        { description: "The filter rule that decided, by its place in the input's list; absent when none did." },
      ),
    ),
    fix: Type.Optional(Type.String({ description: 'Statement that gives the role what is missing.' })),
  },
  { title: 'Verdict', description: 'Why something of a source is in an extraction or not. An extraction has what is selected and readable.' },
);
