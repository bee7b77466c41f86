import { runLinks, type TemporalUi } from '../runs/run-links.js';
import type { EntitySummary } from './schemas.js';

/** Where an entity and what belongs to it are found; paths are relative to the API's origin. */
export function entityLinks(type: string, id: string, run: { workflowId: string; runId: string }, ui: TemporalUi): EntitySummary['links'] {
  const self = `/v1/entities/${type}/${encodeURIComponent(id)}`;
  const { temporalUi } = runLinks(run.workflowId, run.runId, ui);
  return {
    self,
    state: `${self}/state`,
    children: `${self}/children`,
    changes: `${self}/changes`,
    ...(temporalUi === undefined ? {} : { temporalUi }),
  };
}
