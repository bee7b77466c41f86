import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { ActivateInput, WorkflowInterceptors } from '@temporalio/workflow';

type Signal = NonNullable<NonNullable<ActivateInput['activation']['jobs']>[number]['signalWorkflow']>;

const RESERVED = '__temporal_';

/**
 * Interceptors for bundles with entity workflows. A signal that cannot even be decoded, or that has a reserved name,
 * would fail every workflow task from there on; it becomes one that the entity puts aside and counts.
 */
export const interceptors = (): WorkflowInterceptors => ({
  internals: [
    {
      activate(input, next) {
        for (const { signalWorkflow } of input.activation.jobs ?? []) if (signalWorkflow && isPoison(signalWorkflow)) defuse(signalWorkflow);
        next(input);
      },
    },
  ],
});

function isPoison({ signalName, input }: Signal): boolean {
  return (signalName ?? '').startsWith(RESERVED) || !(input ?? []).every(isDecodable);
}

/** In place: jobs are objects of a protocol library, of which a copy is none. */
function defuse(signal: Signal): void {
  signal.signalName = 'message';
  signal.input = [];
}

function isDecodable(payload: Payload): boolean {
  try {
    defaultPayloadConverter.fromPayload(payload);
    return true;
  } catch {
    return false;
  }
}
