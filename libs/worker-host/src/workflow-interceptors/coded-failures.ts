import type { WorkflowInboundCallsInterceptor, WorkflowOutboundCallsInterceptor } from '@temporalio/workflow';
import { isCodedError } from '@tributary/common';
import { toApplicationFailure } from '../application-failure.js';

async function converted<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    // Temporal would retry the workflow task for ever on an error that is not one of its own.
    throw isCodedError(error) ? toApplicationFailure(error) : error;
  }
}

/** Lets a coded error that is thrown in a workflow fail the workflow, with its code as type. */
export const codedFailures: WorkflowInboundCallsInterceptor & WorkflowOutboundCallsInterceptor = {
  execute: (input, next) => converted(next(input)),
  handleUpdate: (input, next) => converted(next(input)),
  handleSignal: (input, next) => converted(next(input)),
  scheduleActivity: (input, next) => converted(next(input)),
  scheduleLocalActivity: (input, next) => converted(next(input)),
  startChildWorkflowExecution: (input, next) => converted(next(input)),
  signalWorkflow: (input, next) => converted(next(input)),
  continueAsNew: (input, next) => converted(next(input)),
};
