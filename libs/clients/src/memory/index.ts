export { MemoryEventBus } from './memory-event-bus.js';
export { MemoryObjectStore } from './memory-object-store.js';
export { MemorySecretStore } from './memory-secret-store.js';
export type { MemorySecrets } from './memory-secret-store.js';
export { MemoryStateStore } from './memory-state-store.js';
