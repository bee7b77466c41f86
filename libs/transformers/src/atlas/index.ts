export type { AtlasEntity, AtlasReference, EntityContext } from './entity.js';
