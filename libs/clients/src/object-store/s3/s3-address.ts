import { assertObjectKey } from '../object-key.js';

/** A bucket, and what all keys of the store begin with there: empty, or with a "/" at its end. */
export interface S3Address {
  readonly bucket: string;
  readonly prefix: string;
}

const BUCKET = /^(?=.{3,63}$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/;

/** Reads `s3://bucket/prefix`. @throws Error that says what is wrong with it */
export function parseS3Address(url: URL): S3Address {
  if (url.port !== '') throw new Error('it has a port; where the store is, says TRIBUTARY_S3_ENDPOINT');
  if (!BUCKET.test(url.hostname)) {
    throw new Error('it names no bucket of 3 to 63 lower-case letters, digits, "-" and "."');
  }
  const path = decodeURIComponent(url.pathname).replace(/^\//, '').replace(/\/$/, '');
  if (path === '') return { bucket: url.hostname, prefix: '' };
  assertObjectKey(path);
  return { bucket: url.hostname, prefix: `${path}/` };
}
