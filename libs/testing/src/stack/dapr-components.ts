import { pathToFileURL } from 'node:url';

/** A Dapr component document. */
export interface DaprComponent {
  readonly apiVersion: 'dapr.io/v1alpha1';
  readonly kind: 'Component';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly type: string;
    readonly version: 'v1' | 'v2';
    readonly metadata: readonly { readonly name: string; readonly value: string }[];
  };
}

function component(name: string, type: string, metadata: Readonly<Record<string, string>>, version: 'v1' | 'v2' = 'v1'): DaprComponent {
  const pairs = Object.entries(metadata).map(([key, value]) => ({ name: key, value }));
  return { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name }, spec: { type, version, metadata: pairs } };
}

/** Secret store `local` on a JSON file: `{name: {key: value}}`. */
export function localSecretStore(secretsFile: string): DaprComponent {
  return component('local', 'secretstores.local.file', { secretsFile, multiValued: 'true' });
}

/** State store `state` on PostgreSQL. */
export function postgresStateStore(connectionString: string): DaprComponent {
  return component('state', 'state.postgresql', { connectionString, tablePrefix: 'dapr_' }, 'v2');
}

/** Pub/sub `events` within the sidecar. */
export function memoryPubSub(): DaprComponent {
  return component('events', 'pubsub.in-memory', {});
}

/** URL of a folder as an object store. */
export function objectStoreUrl(folder: string): string {
  return pathToFileURL(folder).href;
}
