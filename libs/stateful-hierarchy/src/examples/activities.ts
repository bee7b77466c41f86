import type { EventBus, SecretStore } from '@tributary/clients';
import { createStatefulActivities, restLoader } from '@tributary/stateful-workflow/activities';

/** What the worker of the fleets registers beside their workflows. */
export function createFleetActivities(secretStore: SecretStore, bus: EventBus, allowedHosts: readonly string[]): object {
  return createStatefulActivities({
    secretStore,
    allowedHosts,
    events: { bus, topic: 'fleet', typePrefix: 'example.fleet' },
    loaders: {
      // `{id}` is that of the entity; what the list does not have any more is deleted, and its workflow ends.
      loadShips: restLoader({
        url: '/fleets/{id}/ships',
        paging: { by: 'next', pointer: '/next' },
        mapping: { relation: 'ships', items: '/items', fields: { id: '/id', name: '/name' } },
      }),
      loadShip: restLoader({ url: '/ships/{id}', mapping: { fields: { speed: '/speed' } } }),
    },
  });
}
