import { WorkflowIdConflictPolicy } from '@temporalio/common';
import type { Bed } from './bed.js';
import { load, type LoadFigures } from './load.js';
import { freshOrder, type Order } from './orders.js';
import { parsed } from './reads.js';

/** A block of runs that were started, each by two clients. */
export interface Block {
  readonly figures: LoadFigures;
  /** Labels of what was ordered. */
  readonly labels: readonly string[];
  /** Run ids that were answered, by label. */
  readonly answered: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Starts runs through the API: each key is sent by two clients, who race. */
export function startThroughApi({ api: { http } }: Bed, clients: number, name: string, size: number): Promise<Block> {
  return startTwice(clients, name, size, async ({ slug, input }, about) => {
    const answer = await http.post(`/v1/runs/${slug}`, input, { 'idempotency-key': `key-of-${about}` });
    return parsed<{ runId: string }>(answer).runId;
  });
}

/** Starts the same past the API: who comes second is given the run of the first by Temporal. */
export function startBare({ client }: Bed, clients: number, name: string, size: number): Promise<Block> {
  return startTwice(clients, name, size, async ({ type, bare }) => {
    const handle = await client.workflow.start(type, { ...bare, workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING });
    return handle.firstExecutionRunId;
  });
}

async function startTwice(clients: number, name: string, size: number, start: (order: Order, about: string) => Promise<string>): Promise<Block> {
  const pairs = clients / 2;
  const answered = new Map<string, Set<string>>();
  const aboutOf = (client: number, turn: number): number => (client % pairs) + turn * pairs;
  const figures = await load(
    clients,
    (client, turn) => aboutOf(client, turn) < size,
    async (client, turn) => {
      const index = aboutOf(client, turn);
      const about = `${name}-${String(index)}`;
      const order = freshOrder(about, index);
      const runId = await start(order, about);
      const ids = answered.get(order.label) ?? new Set();
      answered.set(order.label, ids.add(runId));
    },
  );
  return { figures, answered, labels: Array.from({ length: size }, (_, index) => freshOrder(`${name}-${String(index)}`, index).label) };
}

/** What has become of the runs that were started. */
export interface StartCount {
  readonly started: number;
  /** Runs of them that have completed. */
  readonly found: number;
  /** Orders without a run, or whose run has not completed. */
  readonly lost: number;
  /** Orders with more than one run. */
  readonly doubled: number;
  /** Orders whose two answers named two runs, or one that is not there. */
  readonly otherAnswer: number;
}

/** Looks in Temporal itself, past the API, for the runs of all orders. */
export async function countStarts({ client }: Bed, blocks: readonly Block[], since: Date): Promise<StartCount> {
  const runs = new Map<string, { runId: string; completed: boolean }[]>();
  const query = `StartTime >= '${since.toISOString()}'`;
  for await (const { memo, runId, status } of client.workflow.list({ query, pageSize: 1_000 })) {
    const label = String(memo?.['connection'] ?? memo?.['subject']);
    runs.set(label, [...(runs.get(label) ?? []), { runId, completed: status.name === 'COMPLETED' }]);
  }
  const labels = blocks.flatMap((block) => block.labels);
  const answeredOf = (label: string): readonly string[] => blocks.flatMap(({ answered }) => [...(answered.get(label) ?? [])]);
  const of = (label: string): { runId: string; completed: boolean }[] => runs.get(label) ?? [];
  const count = (holds: (label: string) => boolean): number => labels.filter(holds).length;
  return {
    started: labels.length,
    found: labels.reduce((sum, label) => sum + of(label).filter(({ completed }) => completed).length, 0),
    lost: count((label) => !of(label).some(({ completed }) => completed)),
    doubled: count((label) => of(label).length > 1),
    otherAnswer: count((label) => answeredOf(label).length !== 1 || answeredOf(label)[0] !== of(label)[0]?.runId),
  };
}
