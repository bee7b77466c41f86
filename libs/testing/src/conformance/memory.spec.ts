import { MemoryEventBus, MemoryObjectStore, MemorySecretStore, MemoryStateStore } from '@tributary/clients/memory';
import { CONFORMANCE_SECRETS, describeEventBus, describeObjectStore, describeSecretStore, describeStateStore } from './index.js';

describeSecretStore('in memory', () => Promise.resolve({ subject: new MemorySecretStore({ local: CONFORMANCE_SECRETS }) }));
describeStateStore('in memory', () => Promise.resolve({ subject: new MemoryStateStore() }));
describeObjectStore('in memory', () => Promise.resolve({ subject: new MemoryObjectStore() }));
describeEventBus('in memory', () => {
  const bus = new MemoryEventBus();
  return Promise.resolve({ subject: { bus, received: (topic: string) => bus.published(topic) } });
});
