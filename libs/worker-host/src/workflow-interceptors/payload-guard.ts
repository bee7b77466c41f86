import { workflowInfo, type WorkflowInboundCallsInterceptor, type WorkflowOutboundCallsInterceptor } from '@temporalio/workflow';
import { assertPayloadSize } from '@tributary/common';

function guard(value: unknown, field: string): void {
  assertPayloadSize(value, { workflow: workflowInfo().workflowType, field });
}

function guardEach(values: readonly unknown[], of: string): void {
  values.forEach((value, index) => guard(value, `argument ${index + 1} of ${of}`));
}

/** Keeps small what a workflow sends out. */
export const outboundPayloadGuard: WorkflowOutboundCallsInterceptor = {
  async scheduleActivity(input, next) {
    guardEach(input.args, `activity ${input.activityType}`);
    return next(input);
  },
  async scheduleLocalActivity(input, next) {
    guardEach(input.args, `local activity ${input.activityType}`);
    return next(input);
  },
  async startChildWorkflowExecution(input, next) {
    guardEach(input.options.args, `child workflow ${input.workflowType}`);
    return next(input);
  },
  async signalWorkflow(input, next) {
    guardEach(input.args, `signal ${input.signalName}`);
    return next(input);
  },
  async continueAsNew(input, next) {
    guardEach(input.args, `continue-as-new of ${input.options.workflowType}`);
    return next(input);
  },
};

/** Keeps small what a workflow answers with. */
export const inboundPayloadGuard: WorkflowInboundCallsInterceptor = {
  async execute(input, next) {
    const result = await next(input);
    guard(result, 'result');
    return result;
  },
  async handleUpdate(input, next) {
    const result = await next(input);
    guard(result, `result of update ${input.name}`);
    return result;
  },
  async handleQuery(input, next) {
    const result = await next(input);
    guard(result, `result of query ${input.queryName}`);
    return result;
  },
};
