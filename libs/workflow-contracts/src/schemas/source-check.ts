import { Type } from '@sinclair/typebox';
import { CHECK_STATUSES, CHECK_STEPS } from '../sql-metadata/source-check.js';
import { closed, list, oneOf } from './building-blocks.js';
import { SqlSourceSchema } from './extract-input.js';
import { FiltersSchema } from './filters.js';
import { databasesOmitted } from './source-pages.js';

/** Schema of `CheckSqlSourceInput`, the input of workflow `checkSqlSource`. */
export const CheckSqlSourceInputSchema = closed(
  { source: SqlSourceSchema, filters: Type.Optional(FiltersSchema) },
  { title: 'CheckSqlSourceInput', description: 'A source to check. Holds a reference to the password, never the password.' },
);

/** Schema of `CheckStep`. */
export const CheckStepSchema = closed(
  {
    name: oneOf(CHECK_STEPS),
    status: oneOf(CHECK_STATUSES),
    required: Type.Boolean({ description: 'Whether an extraction needs it.' }),
    detail: Type.String({ description: 'What was found, in a sentence.' }),
    code: Type.Optional(Type.String({ description: 'Error code of what failed.' })),
    fix: Type.Optional(Type.String({ description: 'What mends it: the exact GRANT where that is what is missing.' })),
    millis: Type.Number({ minimum: 0, description: 'Time that the step took, in milliseconds.' }),
  },
  { title: 'CheckStep' },
);

/** Schema of `SourceCheck`, the result of workflow `checkSqlSource`. */
export const SourceCheckSchema = closed(
  {
    ok: Type.Boolean({ description: 'Whether no required step failed.' }),
    serverVersion: Type.Optional(Type.String()),
    checks: list(CheckStepSchema),
    databases: list(
      closed({
        name: Type.String(),
        readable: Type.Boolean(),
        reason: Type.Optional(Type.String()),
        fix: Type.Optional(Type.String()),
      }),
    ),
    databasesOmitted,
  },
  { title: 'SourceCheck', description: 'Whether a source can be extracted, step by step.' },
);
