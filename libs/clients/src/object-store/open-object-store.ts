import { fileURLToPath } from 'node:url';
import type { DaprSidecarClient } from '../dapr/index.js';
import type { ObjectStore, SecretStore } from '../ports.js';
import { OBJECT_STORE_SCHEME_UNSUPPORTED, OBJECT_STORE_URL_INVALID } from './errors.js';
import { FileObjectStore } from './file-object-store.js';
import { LazyObjectStore } from './lazy-object-store.js';
import { parseS3Address, type S3Address } from './s3/s3-address.js';
import type { S3Settings } from './s3/s3-settings.js';

const AVAILABLE = ['file:///<absolute folder>', 's3://<bucket>/<prefix>', 'dapr://<binding name>'];

/** What a store needs besides its address. */
export interface ObjectStoreDependencies {
  /** Needed for `dapr://`, and for `s3Credentials`. */
  readonly dapr?: Pick<DaprSidecarClient, 'objectStore'> & { readonly secrets?: SecretStore };
  /** How `s3://` is reached: an app's configuration with `objectStoreVariables`. */
  readonly s3?: S3Settings;
}

/**
 * The object store at `url`: `file:///abs/folder`, `s3://bucket/prefix` or `dapr://binding-name`. Nothing is touched or connected yet.
 * @throws CodedError OBJECT_STORE_SCHEME_UNSUPPORTED, OBJECT_STORE_URL_INVALID
 */
export function openObjectStore(url: string, { dapr, s3 = {} }: ObjectStoreDependencies = {}): ObjectStore {
  if (!URL.canParse(url)) throw invalid(url, 'it is no URL');
  const parsed = new URL(url);
  const scheme = parsed.protocol.slice(0, -1);
  if (parsed.username !== '' || parsed.password !== '') throw invalid(`${scheme}://…`, 'it holds a credential');
  if (parsed.search !== '' || parsed.hash !== '') throw invalid(url, 'it has a query or fragment; write "?" as %3F and "#" as %23');
  if (scheme === 'file') return new FileObjectStore(folderOf(url, parsed));
  if (scheme === 'dapr') {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(parsed.hostname)) throw invalid(url, 'it names no binding');
    if (!['', '/'].includes(parsed.pathname)) throw invalid(url, 'it has something after the name of the binding');
    if (!dapr) throw invalid(url, 'this process has no Dapr sidecar');
    return dapr.objectStore(url.slice('dapr://'.length).replace(/\/$/, ''));
  }
  if (scheme === 's3') {
    const address = addressOf(url, parsed);
    if (s3.s3Credentials && !dapr?.secrets) throw invalid(url, 'its credentials are a secret, and this process has no Dapr sidecar');
    return new LazyObjectStore(async () => {
      const { S3ObjectStore } = await import('./s3/s3-object-store.js');
      return new S3ObjectStore(address, { settings: s3, secrets: dapr?.secrets });
    });
  }
  throw OBJECT_STORE_SCHEME_UNSUPPORTED({ scheme, available: AVAILABLE });
}

function folderOf(url: string, parsed: URL): string {
  if (!['', 'localhost'].includes(parsed.hostname)) throw invalid(url, 'a folder needs three slashes: file:///folder');
  if (parsed.pathname === '/') throw invalid(url, 'it names the root of the file system');
  try {
    return fileURLToPath(parsed).replace(/\/+$/, '');
  } catch (error) {
    throw OBJECT_STORE_URL_INVALID({ url, reason: (error as Error).message }, { cause: error });
  }
}

function addressOf(url: string, parsed: URL): S3Address {
  try {
    return parseS3Address(parsed);
  } catch (error) {
    throw OBJECT_STORE_URL_INVALID({ url, reason: (error as Error).message }, { cause: error });
  }
}

function invalid(url: string, reason: string): Error {
  return OBJECT_STORE_URL_INVALID({ url, reason });
}
