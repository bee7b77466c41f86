import type { SecretRef } from '@tributary/common';
import type { SecretStore } from '../../ports.js';

/** Keys of the store, in the form that the SDK takes. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Reads the keys that `reference` points to.
 * @throws CodedError SECRET_NOT_FOUND and the others of SecretStore
 */
export async function readS3Credentials(secrets: SecretStore, reference: SecretRef, signal: AbortSignal): Promise<S3Credentials> {
  const [accessKeyId, secretAccessKey, sessionToken] = await Promise.all([
    secrets.resolve(`${reference}#accessKeyId`, { signal }),
    secrets.resolve(`${reference}#secretAccessKey`, { signal }),
    secrets.resolve(`${reference}#sessionToken`, { signal }).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === 'SECRET_NOT_FOUND') return undefined;
      throw error;
    }),
  ]);
  return {
    accessKeyId: accessKeyId.reveal(),
    secretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken && { sessionToken: sessionToken.reveal() }),
  };
}

/** Whether two sets of keys are the same. */
export function sameCredentials(a: S3Credentials, b: S3Credentials): boolean {
  return a.accessKeyId === b.accessKeyId && a.secretAccessKey === b.secretAccessKey && a.sessionToken === b.sessionToken;
}
