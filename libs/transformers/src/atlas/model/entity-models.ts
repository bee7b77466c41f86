import type { EntityType } from '@tributary/workflow-contracts/sql-metadata';
import type { EntityModel } from './attribute.js';
import { constraintModels } from './constraints.js';
import { containerModels } from './containers.js';
import { relationModels } from './relations.js';
import { routineModels } from './routines.js';

/** Every entity type that `toEntity` makes, with its attributes: what schemas, typedefs and documentation are made from. */
export const ENTITY_MODELS: Readonly<Record<EntityType, EntityModel>> = {
  ...containerModels,
  ...relationModels,
  ...constraintModels,
  ...routineModels,
};
