import type { FlowInput } from '@tributary/workflow-contracts/etl';
import { flowWorkflowId } from './run-ids.js';
import type { RunOrder } from './run-starter.js';
import type { RunType } from './run-type.js';

/** A run of a flow. Any number may run at a time, over the same subject too. */
export function flowOrder(type: RunType, input: FlowInput, idempotencyKey: string | undefined): RunOrder {
  const subject = subjectOf(input);
  return { type, input, labels: { subject }, workflowId: flowWorkflowId(type.slug, subject), idempotencyKey };
}

/** `member/alice`, `team/some-team`, `3 members`; the type of the query where it names no subject. */
function subjectOf({ type, args }: FlowInput): string {
  for (const kind of ['member', 'team', 'project']) {
    const name = args[kind];
    if (typeof name === 'string') return `${kind}/${name.slice(0, 200)}`;
  }
  const { members } = args;
  return Array.isArray(members) ? `${members.length} members` : type;
}
