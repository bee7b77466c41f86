export { CodedError, defineError, definedErrors, isCodedError } from './errors.js';
export type { ErrorDefinition, ErrorFactory, ErrorParameters, Recovery } from './errors.js';
export { Secret } from './secret.js';
export { SECRET_REF_INVALID, formatSecretRef, isSecretRef, parseSecretRef } from './secret-ref.js';
export type { SecretLocation, SecretRef } from './secret-ref.js';
export type { ObjectRef } from './object-ref.js';
