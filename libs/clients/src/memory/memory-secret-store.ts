import { Secret, parseSecretRef, type SecretRef } from '@tributary/common';
import { SECRET_AMBIGUOUS, SECRET_NOT_FOUND, SECRET_STORE_UNKNOWN } from '../dapr/errors.js';
import type { CallOptions, SecretStore } from '../ports.js';

/** Values by store, name and key. A name with one value may hold it bare. */
export type MemorySecrets = Readonly<Record<string, Readonly<Record<string, string | Readonly<Record<string, string>>>>>>;

/** Secrets in memory, for tests. */
export class MemorySecretStore implements SecretStore {
  constructor(private readonly stores: MemorySecrets) {}

   
  async resolve(ref: SecretRef, { signal }: CallOptions = {}): Promise<Secret> {
    const { store, name, key } = parseSecretRef(ref);
    signal?.throwIfAborted();
    const names = this.stores[store];
    if (!names) throw SECRET_STORE_UNKNOWN({ store, reference: ref });
    const held = names[name] ?? {};
    const values = typeof held === 'string' ? { [name]: held } : held;
    const keys = Object.keys(values).filter((each) => values[each] !== '');
    if (key === undefined && keys.length > 1) throw SECRET_AMBIGUOUS({ reference: ref, keys });
    const value = values[key ?? keys[0] ?? name];
    if (value === undefined || value === '') throw SECRET_NOT_FOUND({ store, reference: ref, keys: keys.length > 0 ? keys : 'none' });
    return new Secret(value);
  }
}
