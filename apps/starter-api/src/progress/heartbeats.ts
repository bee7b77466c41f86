import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { decodePayloads } from '../runs/decode-payloads.js';

/** What the activities of a run that are under way have said last. */
export async function readHeartbeats(client: Client, { raw }: WorkflowExecutionDescription): Promise<unknown[]> {
  const details = (raw.pendingActivities ?? []).map(({ heartbeatDetails }) => heartbeatDetails?.payloads ?? []);
  const decoded = await Promise.all(details.map((payloads) => decodePayloads(client, payloads)));
  return decoded.flatMap(([first]) => (first === undefined ? [] : [first]));
}
