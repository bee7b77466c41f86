/** Secrets of the world, as a sidecar's file store has them; none is of use elsewhere. */
export const SECRETS = {
  'launchpad-events': { password: 'development-only' },
  'launchpad-identity': { key: 'development-only-key-of-the-hashes-of-people' },
};

export const SECRETS_FILE = '/run/tributary/secrets.json';

const component = (name: string, type: string, metadata: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type, version: 'v1', metadata: Object.entries(metadata).map(([key, value]) => ({ name: key, value })) },
  });

/** Components of a sidecar, as YAML documents of a file each, by name. */
export const COMPONENTS: Readonly<Record<string, string>> = {
  secrets: component('secrets', 'secretstores.local.file', { secretsFile: SECRETS_FILE, multiValued: 'true' }),
  state: component('state', 'state.in-memory'),
  events: component('events', 'pubsub.in-memory'),
};
