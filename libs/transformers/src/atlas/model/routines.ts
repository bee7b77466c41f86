import { optional, required, type AttributeModels, type EntityModel } from './attribute.js';
import { atlanSchema, commonAttributes, inSchema, owned, sourceId } from './common.js';

const routineCustom: AttributeModels = {
  ...sourceId,
  signature: required('string', 'Input types; with the name, what tells overloads apart. Empty for none'),
  arguments: required('string', 'Arguments with modes, names, types and defaults'),
  language: required('string', 'Language'),
  volatility: required('string', '`immutable`, `stable` or `volatile`'),
  parallel: required('string', '`safe`, `restricted` or `unsafe`'),
  security_definer: required('boolean', 'Whether it runs with its owner’s rights'),
  strict: required('boolean', 'Whether NULL in gives NULL out'),
  leakproof: required('boolean', 'LEAKPROOF'),
  returns_set: required('boolean', 'Whether it returns rows'),
  extension: optional('string', 'Extension that it belongs to'),
};

const inItsSchema: AttributeModels = { ...commonAttributes, ...inSchema, ...owned };

export const routineModels = {
  Function: {
    description: 'Function, aggregate or window function',
    standard: true,
    attributes: {
      ...inItsSchema,
      functionDefinition: optional('string', 'Source text; absent for an aggregate'),
      functionReturnType: optional('string', 'Result type'),
      functionArguments: required('string', 'Arguments with modes, names, types and defaults'),
      functionLanguage: required('string', 'Language'),
      functionType: required('string', '`function`, `aggregate` or `window`'),
      functionIsSecure: required('boolean', 'Whether it runs with its owner’s rights'),
      functionSchema: required({ reference: ['Schema'] }, 'The schema'),
    },
    customAttributes: routineCustom,
  },
  Procedure: {
    description: 'Procedure',
    standard: true,
    attributes: { ...inItsSchema, definition: optional('string', 'Source text'), ...atlanSchema },
    customAttributes: routineCustom,
  },
  Sequence: {
    description: 'Sequence, those of serial and identity columns included',
    standard: false,
    attributes: {
      ...inItsSchema,
      ...atlanSchema,
      dataType: required('string', 'Type of its values'),
      startValue: required('string', 'First value, in decimal digits'),
      increment: required('string', 'Step, in decimal digits'),
      minimumValue: required('string', 'Least value, in decimal digits'),
      maximumValue: required('string', 'Greatest value, in decimal digits'),
      cacheSize: required('string', 'Values kept by a session, in decimal digits'),
      isCycle: required('boolean', 'Whether it starts again at its end'),
      ownedByColumn: optional({ reference: ['Column'] }, 'Column that it belongs to'),
    },
    customAttributes: { ...sourceId, is_identity: optional('boolean', 'True when it makes the values of an identity column') },
  },
} satisfies Record<string, EntityModel>;
