import type { WorkflowClientInterceptor } from '@temporalio/client';
import { assertPayloadSize } from '@tributary/common';

/** Refuses arguments of starts, signals, updates and queries that are too large, before they leave this process. */
export function payloadGuardInterceptor(): WorkflowClientInterceptor {
  return {
    startWithDetails(input, next) {
      assertArguments(input.options.args, input.workflowType, 'workflow');
      return next(input);
    },
    signal(input, next) {
      assertArguments(input.args, input.workflowExecution.workflowId ?? '', `signal ${input.signalName}`);
      return next(input);
    },
    signalWithStart(input, next) {
      assertArguments(input.options.args, input.workflowType, 'workflow');
      assertArguments(input.signalArgs, input.workflowType, `signal ${input.signalName}`);
      return next(input);
    },
    startUpdate(input, next) {
      assertArguments(input.args, input.workflowExecution.workflowId ?? '', `update ${input.updateName}`);
      return next(input);
    },
    startUpdateWithStart(input, next) {
      assertArguments(input.workflowStartOptions.args, input.workflowType, 'workflow');
      assertArguments(input.updateArgs, input.workflowType, `update ${input.updateName}`);
      return next(input);
    },
    query(input, next) {
      assertArguments(input.args, input.workflowExecution.workflowId ?? '', `query ${input.queryType}`);
      return next(input);
    },
  };
}

function assertArguments(values: readonly unknown[] | undefined, workflow: string, of: string): void {
  values?.forEach((value, index) => {
    assertPayloadSize(value, { workflow, field: `argument ${index + 1} of ${of}` });
  });
}
