import type { EventBus, SecretStore } from '@tributary/clients';
import { createStatefulActivities } from '@tributary/stateful-workflow/activities';
import { EVENT_PREFIX, HIERARCHY_TOPIC } from '../names.js';
import { loaders } from './loaders.js';

export interface HierarchyActivityOptions {
  readonly secrets: SecretStore;
  readonly events: EventBus;
  /** Hosts of the APIs that may be called: `catalog.example.com`, `catalog.example.com:8443`, `*.example.com`. */
  readonly allowedHosts: readonly string[];
  /** Whether payloads are encrypted, so that a literal credential may be kept. */
  readonly encrypted: boolean;
  /** Whether the Temporal server knows the search attributes of entities. */
  readonly searchAttributes: boolean;
}

/** The activities of the hierarchy worker. */
export function createHierarchyActivities({ secrets, events, allowedHosts, encrypted, searchAttributes }: HierarchyActivityOptions): object {
  return createStatefulActivities({
    secretStore: secrets,
    allowedHosts,
    loaders,
    events: { bus: events, topic: HIERARCHY_TOPIC, typePrefix: EVENT_PREFIX },
    facts: { encrypted, searchAttributes },
  });
}
