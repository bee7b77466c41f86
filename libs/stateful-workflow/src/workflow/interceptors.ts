import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { ActivateInput, WorkflowInterceptors } from '@temporalio/workflow';

type Job = NonNullable<ActivateInput['activation']['jobs']>[number];

const RESERVED = '__temporal_';

/**
 * Interceptors for bundles with entity workflows. A signal that cannot even be decoded, or that has a reserved name,
 * would fail every workflow task from there on; it becomes one that the entity puts aside and counts.
 */
export const interceptors = (): WorkflowInterceptors => ({
  internals: [
    {
      activate(input, next) {
        const { activation } = input;
        if (!activation.jobs?.some(isPoison)) return next(input);
        return next({ ...input, activation: { ...activation, jobs: activation.jobs.map(withoutPoison) } as typeof activation });
      },
    },
  ],
});

function isPoison({ signalWorkflow }: Job): boolean {
  if (!signalWorkflow) return false;
  return (signalWorkflow.signalName ?? '').startsWith(RESERVED) || !(signalWorkflow.input ?? []).every(isDecodable);
}

function isDecodable(payload: Payload): boolean {
  try {
    defaultPayloadConverter.fromPayload(payload);
    return true;
  } catch {
    return false;
  }
}

function withoutPoison(job: Job): Job {
  return isPoison(job) ? { ...job, signalWorkflow: { ...job.signalWorkflow, signalName: 'message', input: [] } } : job;
}
