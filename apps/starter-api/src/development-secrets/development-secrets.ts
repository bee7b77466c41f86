import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatSecretRef, type SecretRef } from '@tributary/common';
import { DEVELOPMENT_SECRETS_UNWRITABLE } from './errors.js';

/** Name of the secret store component, in references: `secret://development/warehouse#password`. */
export const DEVELOPMENT_STORE = 'development';

const OWNER_ONLY = 0o600;

type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * A file of secrets for development, and beside it the document of the Dapr component that reads it. Dapr reads such a
 * file when the component is made: the document changes with each secret, so that sidecars that watch its folder (feature
 * HotReload) make it anew.
 */
export class DevelopmentSecrets {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly file: string) {}

  /**
   * Puts a secret in place of what was under the name.
   * @returns references to its keys
   * @throws CodedError DEVELOPMENT_SECRETS_UNWRITABLE
   */
  put(name: string, values: Readonly<Record<string, string>>): Promise<SecretRef[]> {
    const mine = this.turn.then(() => this.write(name, values));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async write(name: string, values: Readonly<Record<string, string>>): Promise<SecretRef[]> {
    try {
      await mkdir(dirname(this.file), { recursive: true });
      await replace(this.file, { ...(await this.read()), [name]: values });
      await replace(join(dirname(this.file), 'secret-store.yaml'), this.component());
    } catch (error) {
      // A parser's message would quote the file.
      const reason = (error as NodeJS.ErrnoException).code ?? 'it is no JSON object';
      throw DEVELOPMENT_SECRETS_UNWRITABLE({ reason });
    }
    return Object.keys(values).map((key) => formatSecretRef({ store: DEVELOPMENT_STORE, name, key }));
  }

  private async read(): Promise<Secrets> {
    const text = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    const secrets: unknown = JSON.parse(text);
    if (typeof secrets !== 'object' || secrets === null || Array.isArray(secrets)) throw new Error('no object');
    return secrets as Secrets;
  }

  private component(): object {
    const metadata = [
      { name: 'secretsFile', value: this.file },
      { name: 'multiValued', value: 'true' },
      // Means nothing to the store: a document that stays the same would not be looked at again.
      { name: 'generation', value: randomUUID() },
    ];
    return {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Component',
      metadata: { name: DEVELOPMENT_STORE },
      spec: { type: 'secretstores.local.file', version: 'v1', metadata },
    };
  }
}

/** Writes JSON, which is YAML too, whole or not at all. */
async function replace(file: string, value: object): Promise<void> {
  const fresh = `${file}.${randomUUID()}`;
  await writeFile(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode: OWNER_ONLY });
  await rename(fresh, file);
}
