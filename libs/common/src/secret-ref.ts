import { SECRET_REF_INVALID } from './errors.js';

/** Text form of a reference to a secret: `secret://<store>/<name>[#key]`. */
export type SecretRef = `secret://${string}`;

/** A secret reference in parts. `store` is the name of a Dapr secret store component. */
export interface SecretLocation {
  readonly store: string;
  readonly name: string;
  readonly key?: string;
}

const PATTERN = /^secret:\/\/([A-Za-z0-9][A-Za-z0-9._-]{0,62})\/([A-Za-z0-9][A-Za-z0-9._/-]{0,252})(?:#([A-Za-z0-9][A-Za-z0-9._-]{0,126}))?$/;

/**
 * Parses a secret reference. The error names its length only: what was passed by mistake may be the secret itself.
 * @throws CodedError SECRET_REF_INVALID
 */
export function parseSecretRef(text: string): SecretLocation {
  const match = PATTERN.exec(text);
  if (!match) throw SECRET_REF_INVALID({ length: text.length });
  const [, store, name, key] = match as unknown as [string, string, string, string | undefined];
  return key === undefined ? { store, name } : { store, name, key };
}

/** Whether `value` is a well-formed secret reference. */
export function isSecretRef(value: unknown): value is SecretRef {
  return typeof value === 'string' && PATTERN.test(value);
}

/** The text form of a location. */
export function formatSecretRef({ store, name, key }: SecretLocation): SecretRef {
  return `secret://${store}/${name}${key === undefined ? '' : `#${key}`}`;
}
