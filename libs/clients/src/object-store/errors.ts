import { defineError } from '@tributary/common';

export const OBJECT_STORE_URL_INVALID = defineError('OBJECT_STORE_URL_INVALID', {
  recovery: 'fatal',
  message: 'Received the object store address "{url}": {reason}. Allowed: file:///<absolute folder>, s3://<bucket>/<prefix>, dapr://<binding name>.',
  fix: 'Correct TRIBUTARY_OBJECT_STORE_URL.',
});

export const OBJECT_STORE_SCHEME_UNSUPPORTED = defineError('OBJECT_STORE_SCHEME_UNSUPPORTED', {
  recovery: 'fatal',
  message: 'Received an object store address that begins with {scheme}://. Available: {available}.',
  fix: 'Set TRIBUTARY_OBJECT_STORE_URL to an address of an available kind.',
});

export const OBJECT_KEY_INVALID = defineError('OBJECT_KEY_INVALID', {
  recovery: 'fatal',
  message: 'Received the object key "{key}": {reason}. Allowed: {allowed}.',
  fix: 'Percent-encode the parts that come from names, and shorten those that are too long.',
});

export const OBJECT_KEY_CONFLICT = defineError('OBJECT_KEY_CONFLICT', {
  recovery: 'fatal',
  status: 409,
  message: 'Object "{key}" cannot be stored: one of its segments is an object, or it is a folder of objects.',
  fix: 'Use keys of which none is the beginning of another up to a "/".',
});

export const OBJECT_NOT_FOUND = defineError('OBJECT_NOT_FOUND', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no object "{key}" in {store}.',
  fix: 'Check the key; objects of a run are there once its manifest is.',
});

export const OBJECT_RANGE_INVALID = defineError('OBJECT_RANGE_INVALID', {
  recovery: 'fatal',
  status: 416,
  message: 'Received the byte range {start} to {end}. Allowed: whole numbers with 0 <= start <= end.',
  fix: 'Correct the range; both ends are inclusive.',
});

export const OBJECT_TOO_LARGE = defineError('OBJECT_TOO_LARGE', {
  recovery: 'fatal',
  status: 413,
  message: 'Object "{key}" is larger than {store} takes: {limit}.',
  fix: 'Use smaller shards. Behind the Dapr sidecar, use a file:// or s3:// store instead, or raise the limit here and with --max-body-size of daprd.',
});

export const OBJECT_STORE_FULL = defineError('OBJECT_STORE_FULL', {
  recovery: 'retry',
  status: 507,
  message: '{store} has no room left for object "{key}" ({reason}).',
  fix: 'Free space or raise the quota of the volume or bucket; the attempt is repeated and nothing of it was left behind.',
});

export const OBJECT_STORE_FORBIDDEN = defineError('OBJECT_STORE_FORBIDDEN', {
  recovery: 'fatal',
  status: 403,
  message: '{store} may not be used for "{key}": {reason}.',
  fix: 'Of a folder: give the user of this process read and write permission, and mount it writable. Of a bucket: check that its keys are current and that their policy allows s3:GetObject, PutObject, DeleteObject, AbortMultipartUpload and ListBucket there.',
});

export const OBJECT_STORE_UNAVAILABLE = defineError('OBJECT_STORE_UNAVAILABLE', {
  recovery: 'retry',
  message: '{store} failed for "{key}": {reason}.',
  fix: 'Check the volume, the server or the component behind the store.',
});

export const OBJECT_STORE_REFUSED = defineError('OBJECT_STORE_REFUSED', {
  recovery: 'fatal',
  message: '{store} does not do what was asked of it for "{key}": {reason}.',
  fix: 'Check that TRIBUTARY_S3_ENDPOINT leads to an S3 API, and that what it says is missing is switched on there.',
});

export const OBJECT_STORE_BUCKET_MISSING = defineError('OBJECT_STORE_BUCKET_MISSING', {
  recovery: 'fatal',
  message: '{store} has no bucket of that name.',
  fix: 'Create the bucket, or correct TRIBUTARY_OBJECT_STORE_URL and TRIBUTARY_S3_ENDPOINT. Tributary creates no buckets.',
});

export const OBJECT_STORE_REGION_WRONG = defineError('OBJECT_STORE_REGION_WRONG', {
  recovery: 'fatal',
  message: '{store} is in another region: {reason}.',
  fix: 'Set TRIBUTARY_S3_REGION to the region of the bucket.',
});

export const OBJECT_STORE_CLOCK_WRONG = defineError('OBJECT_STORE_CLOCK_WRONG', {
  recovery: 'retry',
  message: '{store} and this machine do not agree on the time: {reason}.',
  fix: 'Set the clock of this machine, or of the store, by NTP.',
});

export const OBJECT_STORE_IDENTITY_MISSING = defineError('OBJECT_STORE_IDENTITY_MISSING', {
  recovery: 'fatal',
  message: 'There are no keys for {store}, neither by TRIBUTARY_S3_CREDENTIALS nor from AWS for this process.',
  fix: 'Set TRIBUTARY_S3_CREDENTIALS to a secret with accessKeyId and secretAccessKey, or give the process an identity (IAM role of the ServiceAccount or the instance).',
});
