export { openObjectStore } from './open-object-store.js';
export type { ObjectStoreDependencies } from './open-object-store.js';
export type { S3Settings } from './s3/s3-settings.js';
export { FileObjectStore } from './file-object-store.js';
export { assertObjectKey, compareKeys } from './object-key.js';
export {
  OBJECT_KEY_CONFLICT,
  OBJECT_KEY_INVALID,
  OBJECT_NOT_FOUND,
  OBJECT_RANGE_INVALID,
  OBJECT_STORE_BUCKET_MISSING,
  OBJECT_STORE_CLOCK_WRONG,
  OBJECT_STORE_FORBIDDEN,
  OBJECT_STORE_FULL,
  OBJECT_STORE_IDENTITY_MISSING,
  OBJECT_STORE_REFUSED,
  OBJECT_STORE_REGION_WRONG,
  OBJECT_STORE_SCHEME_UNSUPPORTED,
  OBJECT_STORE_UNAVAILABLE,
  OBJECT_STORE_URL_INVALID,
  OBJECT_TOO_LARGE,
} from './errors.js';
