/** A Dapr Component document. */
export type DaprComponent = Readonly<Record<string, unknown>>;

function component(name: string, type: string, version: string, metadata: Readonly<Record<string, string>>): DaprComponent {
  const pairs = Object.entries(metadata).map(([key, value]) => ({ name: key, value }));
  return { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name }, spec: { type, version, metadata: pairs } };
}

/** Secret store `local` on a JSON file, `{name: {key: value}}`: `secret://local/<name>#<key>`. */
export function secretStore(secretsFile: string): DaprComponent {
  return component('local', 'secretstores.local.file', 'v1', { secretsFile, multiValued: 'true' });
}

/** State store `state` on PostgreSQL. */
export function stateStore(connectionString: string): DaprComponent {
  return component('state', 'state.postgresql', 'v2', { connectionString, tablePrefix: 'dapr_' });
}

/** Pub/sub `events` inside the sidecar. */
export function eventBus(): DaprComponent {
  return component('events', 'pubsub.in-memory', 'v1', {});
}

/** Deliveries of `events` are repeated until the app takes them: without it one refusal makes an event a dead letter. */
export function untilTaken(): DaprComponent {
  const untilTaken = { policy: 'exponential', maxInterval: '15s', maxRetries: -1 };
  const targets = { components: { events: { inbound: { retry: 'untilTaken' } } } };
  return { apiVersion: 'dapr.io/v1alpha1', kind: 'Resiliency', metadata: { name: 'events' }, spec: { policies: { retries: { untilTaken } }, targets } };
}
