import { metrics } from '@tributary/clients/telemetry';
import type { LoadOutcome, LoadRequest } from '../workflow/contract.js';
import { FailingLoads } from './failing-loads.js';

const loads = metrics.counter({
  name: 'entity_loads_total',
  help: 'Loads of entities by type of the entity, loader and outcome: loaded, unchanged, failed or aborted.',
  labels: ['entity_type', 'loader', 'outcome'],
});

const failing = new FailingLoads();

metrics.readGauge({
  name: 'entity_oldest_failing_load_seconds',
  help: 'Time since which the load that fails the longest has failed, as far as this worker has seen its tries, by type of the entity.',
  labels: ['entity_type'],
  read: () => failing.oldest(Date.now()).map(([entity_type, ms]) => [{ entity_type }, ms / 1_000]),
});

/** Counts the end of a load, and keeps since when it fails. */
export function recordLoad({ workflow, loader, root }: LoadRequest, outcome: LoadOutcome['status'] | 'aborted'): void {
  loads.inc({ entity_type: root.type, loader, outcome });
  if (outcome === 'failed') failing.failed(root.type, `${workflow} ${loader}`, Date.now());
  else if (outcome !== 'aborted') failing.succeeded(root.type, `${workflow} ${loader}`);
}
