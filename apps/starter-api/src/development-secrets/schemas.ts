import { Type } from '@sinclair/typebox';

/** A part of a secret reference: what follows the store, and what follows the `#`. */
const WORD = '[A-Za-z0-9][A-Za-z0-9._-]{0,126}';

export const developmentSecretName = Type.String({ pattern: `^${WORD}$`, description: 'Name of the secret within its store.' });

/** Its member is named so that no value in it is ever shown in a refusal. */
export const DevelopmentSecretSchema = Type.Object(
  {
    secrets: Type.Unsafe<Readonly<Record<string, string>>>({
      type: 'object',
      minProperties: 1,
      maxProperties: 20,
      propertyNames: { pattern: `^${WORD}$` },
      additionalProperties: { type: 'string', minLength: 1, maxLength: 65_536 },
      description: 'Values by key.',
      examples: [{ password: '…' }],
    }),
  },
  { $id: 'DevelopmentSecret', additionalProperties: false },
);

export const DevelopmentSecretStoredSchema = Type.Object(
  {
    references: Type.Array(Type.String(), { description: 'What to put in place of the values.' }),
    effective: Type.String({ description: 'When workers get the new values.' }),
  },
  { $id: 'DevelopmentSecretStored' },
);

export const developmentSecretSchemas = [DevelopmentSecretSchema, DevelopmentSecretStoredSchema];
