export type { AtlasEntity, AtlasReference, AttributeValue, Attributes, EntityContext } from './entity.js';
export { QUALIFIED_NAME_INVALID, RECORD_INVALID } from './errors.js';
export { RESERVED_SEGMENTS, decodeSegment, encodeSegment, formatQualifiedName, parseQualifiedName } from './qualified-name.js';
export type { NamedObject } from './qualified-name.js';
export { toEntity } from './to-entity.js';
