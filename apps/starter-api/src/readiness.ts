import type { Client } from '@temporalio/client';
import type { ObjectStore } from '@tributary/clients';
import { isCodedError } from '@tributary/common';

const DEADLINE_MS = 2_000;

interface Check {
  readonly status: 'ok' | 'unavailable';
  readonly reason?: string;
}

/** Whether requests can be served: Temporal knows the namespace, the object store answers. */
export async function checkReadiness({
  client,
  objects,
}: {
  readonly client: Client;
  readonly objects: ObjectStore;
}): Promise<{ status: 'ok' | 'unavailable'; checks: Record<string, Check> }> {
  const { namespace } = client.options;
  const [temporal, objectStore] = await Promise.all([
    check(() => client.connection.withDeadline(Date.now() + DEADLINE_MS, () => client.workflowService.describeNamespace({ namespace }))),
    check(() => objects.stat('sql-metadata/readiness', { signal: AbortSignal.timeout(DEADLINE_MS) })),
  ]);
  const ready = temporal.status === 'ok' && objectStore.status === 'ok';
  return { status: ready ? 'ok' : 'unavailable', checks: { temporal, objectStore } };
}

async function check(probe: () => Promise<unknown>): Promise<Check> {
  try {
    await probe();
    return { status: 'ok' };
  } catch (error) {
    return { status: 'unavailable', reason: isCodedError(error) ? error.code : 'no answer' };
  }
}
