import { Code, ConnectError } from '@connectrpc/connect';
import { Secret, parseSecretRef, type SecretLocation, type SecretRef } from '@tributary/common';
import type { CallOptions, SecretStore } from '../ports.js';
import { SECRET_AMBIGUOUS, SECRET_FORBIDDEN, SECRET_NOT_FOUND, SECRET_STORE_UNAVAILABLE, SECRET_STORE_UNKNOWN } from './errors.js';
import { type SidecarChannel, reasonOf } from './sidecar-channel.js';

/** What learns each resolved secret, to take it out of texts (a SecretScrubber). */
export interface SecretListener {
  add(secret: Secret): unknown;
}

/** The secret store components of the sidecar; a reference names which. */
export class DaprSecretStore implements SecretStore {
  constructor(
    private readonly channel: SidecarChannel,
    private readonly listener?: SecretListener,
  ) {}

  async resolve(ref: SecretRef, options?: CallOptions): Promise<Secret> {
    const location = parseSecretRef(ref);
    const data = await this.#read(ref, location, options);
    const secret = new Secret(pick(ref, location, data));
    this.listener?.add(secret);
    return secret;
  }

  async #read(reference: string, { store, name }: SecretLocation, options?: CallOptions): Promise<Record<string, string>> {
    try {
      const answer = await this.channel.call('reading a secret', (client, call) =>
        client.getSecret({ storeName: store, key: name }, call), options);
      return answer.data;
    } catch (error) {
      throw error instanceof ConnectError ? named(error, reference, store) : error;
    }
  }
}

/** The value that the reference means. An empty value is none: stores that cannot say "not there" answer so. */
function pick(reference: string, { store, name, key }: SecretLocation, data: Record<string, string>): string {
  const keys = Object.keys(data).filter((each) => data[each] !== '');
  if (key === undefined && keys.length > 1) throw SECRET_AMBIGUOUS({ reference, keys });
  const value = data[key ?? keys[0] ?? name];
  if (value === undefined || value === '') throw SECRET_NOT_FOUND({ store, reference, keys: keys.length > 0 ? keys : 'none' });
  return value;
}

function named(error: ConnectError, reference: string, store: string): Error {
  const reason = reasonOf(error);
  const cause = { cause: error };
  if (error.code === Code.PermissionDenied) return SECRET_FORBIDDEN({ reference }, cause);
  if (/failed finding secret store|secret stores? (is |are )?not configured/i.test(reason)) {
    return SECRET_STORE_UNKNOWN({ store, reference }, cause);
  }
  if (error.code === Code.NotFound || saysNotFound(reason)) return SECRET_NOT_FOUND({ store, reference, keys: 'none' }, cause);
  return SECRET_STORE_UNAVAILABLE({ store, reference, reason }, cause);
}

/** Dapr passes the component's own text on with one code for every failure, so the text has to tell an absence. */
function saysNotFound(reason: string): boolean {
  return /secret .*(not found|does not exist|not exist)|not found.*secret|ResourceNotFoundException|SecretNotFound|code = NotFound/i.test(reason);
}
