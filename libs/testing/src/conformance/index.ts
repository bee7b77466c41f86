export { describeEventBus, CONFORMANCE_TOPICS } from './event-bus.js';
export type { ObservedEventBus } from './event-bus.js';
export { describeObjectStore } from './object-store.js';
export type { ObjectStoreCapabilities } from './object-store.js';
export { CONFORMANCE_SECRETS, describeSecretStore } from './secret-store.js';
export { describeStateStore } from './state-store.js';
export type { MakeSubject, Subject } from './subject.js';
