import type { StateStore } from '@tributary/clients';
import { isCodedError, type ObjectRef } from '@tributary/common';
import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';

/** What the state store keeps of a connection's latest published run. */
export interface LatestRun {
  readonly workflowId: string;
  readonly runId: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly manifest: ObjectRef;
}

/** State key of a connection's latest published run. */
export function latestRunKey(connectionQualifiedName: string): string {
  return `sql-metadata/latest/${encodeURIComponent(connectionQualifiedName)}`;
}

const ATTEMPTS = 5;

/** Makes a run the latest of its connection, unless one that started later has been published meanwhile. */
export async function recordLatestRun(
  state: StateStore,
  { workflowId, runId, startedAt, connection }: ExtractionManifest,
  manifest: ObjectRef,
  signal: AbortSignal,
): Promise<void> {
  const key = latestRunKey(connection.qualifiedName);
  const latest: LatestRun = { workflowId, runId, startedAt, manifest };
  for (let attempt = 1; ; attempt++) {
    const known = await state.get<LatestRun>(key, { signal });
    if (known && (known.value.runId === runId || known.value.startedAt > startedAt)) return;
    try {
      return await state.set(key, latest, known?.etag ?? null, { signal });
    } catch (error) {
      if (attempt === ATTEMPTS || !isCodedError(error) || error.code !== 'STATE_CONFLICT') throw error;
    }
  }
}
