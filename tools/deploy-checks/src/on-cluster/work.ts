import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterApi, Run } from './api.js';
import { CATALOG_URL, extractionOf } from './trial-sources.js';

const ORGANIZATION = `trial-${Date.now().toString(36)}`;

interface Node {
  readonly progress?: { readonly phase: string; readonly children: { readonly running: number } };
}

/** Work of all kinds that is under way, and must come to its end whatever happens to the Pods. */
export interface Work {
  readonly extractions: readonly Run[];
  readonly flow: Run;
  readonly startedAt: number;
}

/** Starts extractions of a database under names of their own, and a flow that makes so many events. */
export async function startWork(api: ClusterApi, database: string, extractions: number, events: number): Promise<Work> {
  const startedAt = Date.now();
  const name = startedAt.toString(36);
  const runs = Array.from({ length: extractions }, (_, index) => api.start('extract-sql-metadata', extractionOf(database, `trial-${name}-${String(index)}`)));
  // Of a window of its own, so that its events are not there from another time.
  const day = new Date((Math.floor(startedAt / 1000) % 10_000) * 86_400_000).toISOString().slice(0, 10);
  const flow = api.start('mock-flow', { type: 'MockQuery', args: { events, data_date_start: day, data_date_end: '2023-03-31' } });
  return { extractions: await Promise.all(runs), flow: await flow, startedAt };
}

/**
 * Waits for the end of it, and compares it with what it has to be.
 * @throws Error when a run did not complete, or has lost or doubled something
 */
export async function finishWork(api: ClusterApi, work: Work, entities: Readonly<Record<string, number>>, events: number): Promise<string[]> {
  const lines: string[] = [];
  const seconds = (): string => ((Date.now() - work.startedAt) / 1000).toFixed(1);
  for (const started of work.extractions) {
    const { result } = await api.completed(started);
    if (JSON.stringify(result?.entities) !== JSON.stringify(entities) || result?.quarantined !== 0) {
      throw new Error(`${started.workflowId} has ${JSON.stringify(result)}, not ${JSON.stringify(entities)}`);
    }
    lines.push(`${started.workflowId} completed by ${seconds()} s with all its entities`);
  }
  const { result } = await api.completed(work.flow);
  if (result?.events?.inserted !== events) throw new Error(`${work.flow.workflowId} has ${JSON.stringify(result)}, not ${String(events)} events`);
  return [...lines, `${work.flow.workflowId} completed by ${seconds()} s with ${String(events)} events`];
}

/** Starts a tree of live entities and waits until it is whole. */
export async function growTree(api: ClusterApi): Promise<void> {
  await api.call('/v1/entities/organization', { entity: { id: ORGANIZATION, name: 'Trial' }, apiToken: 'secret://secrets/hierarchy-credentials#default', apiUrl: CATALOG_URL });
  await addSource(api, 'sales');
}

/** Adds a source to the tree, and waits until its ten datasets are live. @throws Error when they are not within two minutes */
export async function addSource(api: ClusterApi, id: string): Promise<void> {
  await api.call(`/v1/entities/organization/${ORGANIZATION}/actions/addSource`, { id, name: id, kind: 'catalog' });
  await sourceIsLive(api, id);
}

/** @throws Error when a source of the tree and its ten datasets are not live within two minutes */
export async function sourceIsLive(api: ClusterApi, id: string): Promise<void> {
  const until = Date.now() + 120_000;
  for (;;) {
    const { progress } = await api.call<Node>(`/v1/entities/source/${id}`);
    if (progress?.phase === 'live' && progress.children.running === 10) return;
    if (Date.now() > until) throw new Error(`Source ${id} is not live: ${JSON.stringify(progress)}`);
    await delay(500);
  }
}
