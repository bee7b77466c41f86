import { Type } from '@sinclair/typebox';
import { closed, count } from './building-blocks.js';

/** Properties of an `ObjectRef`, for schemas that extend it. */
export const objectRefProperties = {
  uri: Type.String({ minLength: 1, maxLength: 2048, description: 'Key in the object store, relative to its root.' }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the stored bytes, lower-case hex.' }),
  bytes: count('Stored size in bytes.'),
  records: count('Lines of a JSON-lines object; 1 for a single document.'),
};

/** Schema of `ObjectRef`. */
export const ObjectRefSchema = closed(objectRefProperties, {
  title: 'ObjectRef',
  description: 'A reference to bytes in the object store.',
});
