import { Type } from '@sinclair/typebox';
import { closed, list } from './building-blocks.js';

const RULES_MAX = 100;

/** Anchored glob; a backslash always has the character that it makes literal after it. */
function glob(level: string) {
  return Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 256,
      pattern: '^(?:[^\\\\\\u0000]|\\\\[^\\u0000])+$',
      description: `Glob for the name of the ${level}, anchored at both ends, case sensitive: * any run of characters, ? one character, \\ takes the next character literally.`,
    }),
  );
}

export const FilterRuleSchema = closed(
  { database: glob('database'), schema: glob('schema'), object: glob('table, view, sequence or routine') },
  { title: 'FilterRule', minProperties: 1, description: 'One pattern per level; an absent level matches everything.' },
);

/** Schema of `Filters`. */
export const FiltersSchema = closed(
  {
    include: Type.Optional(list(FilterRuleSchema, { maxItems: RULES_MAX })),
    exclude: Type.Optional(list(FilterRuleSchema, { maxItems: RULES_MAX })),
  },
  {
    title: 'Filters',
    description: 'An object is in when some include rule matches (or there is none) and no exclude rule does.',
  },
);
