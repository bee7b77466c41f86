import type { SecretRef } from '@tributary/common';

/** How an S3 store is reached; the names are those of `objectStoreVariables`. */
export interface S3Settings {
  /** URL of a store that is not AWS. */
  readonly s3Endpoint?: string | undefined;
  /** @default awsRegion, else us-east-1 */
  readonly s3Region?: string | undefined;
  readonly awsRegion?: string | undefined;
  /** Bucket in the path in place of the host name. @default true where there is an endpoint */
  readonly s3ForcePathStyle?: boolean | undefined;
  /** Secret with `accessKeyId`, `secretAccessKey` and perhaps `sessionToken`. @default the identity that AWS gives the process */
  readonly s3Credentials?: SecretRef | undefined;
  /** Encryption that the store is asked for. @default what the bucket says */
  readonly s3Encryption?: 'AES256' | 'aws:kms' | undefined;
  /** Key of `aws:kms`. @default the one that the bucket names */
  readonly s3KmsKeyId?: string | undefined;
}

/** Bounds of waiting, in milliseconds; only tests set them. */
export interface S3Limits {
  readonly connectMs: number;
  /** From sending a request to the beginning of its answer. */
  readonly answerMs: number;
  /** One call with all its attempts, without the body that it reads. */
  readonly callMs: number;
  /** Between two chunks of a body that is read. */
  readonly idleMs: number;
}
