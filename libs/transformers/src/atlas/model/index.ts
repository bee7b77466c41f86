export type { AttributeModel, AttributeModels, AttributeType, EntityModel } from './attribute.js';
export { ENTITY_MODELS } from './entity-models.js';
export { entitySchema } from './json-schema.js';
export { typeDefinitions } from './typedefs.js';
