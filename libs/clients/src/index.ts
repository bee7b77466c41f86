export type {
  BusEvent,
  CallOptions,
  EventBus,
  ObjectInfo,
  ObjectStore,
  SecretStore,
  StateEntry,
  StateStore,
  StoredObject,
} from './ports.js';
