import type { Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { assertPayloadSize, type SecretScrubber } from '@tributary/common';
import { withLogContext, type LogContext } from '@tributary/common/logging';
import { currentTraceId, type Metrics } from '@tributary/clients/telemetry';
import { toActivityFailure } from './activity-failure.js';
import { activityMetrics } from './activity-metrics.js';

/**
 * What surrounds every activity: its log lines carry its identity, its result is small, its errors reach Temporal as
 * coded failures without secrets, and its duration and outcome are counted.
 */
export function activityInterceptors(scrubber: SecretScrubber, metrics: Metrics): ActivityInterceptorsFactory {
  const record = activityMetrics(metrics);
  return (context) => ({
    inbound: {
      execute: (input, next) =>
        withLogContext(logContextOf(context), async () => {
          const { activityType, workflowType = activityType } = context.info;
          const started = performance.now();
          let failure: unknown;
          try {
            const result = await next(input);
            assertPayloadSize(result, { workflow: workflowType, field: `result of activity ${activityType}` });
            return result;
          } catch (error) {
            const { cancellationSignal } = context;
            failure = toActivityFailure(error, { activityType, cancellationSignal }, scrubber);
            throw failure;
          } finally {
            record(activityType, (performance.now() - started) / 1000, failure);
          }
        }),
    },
  });
}

function logContextOf({ info }: Context): LogContext {
  const traceId = currentTraceId();
  return {
    ...(info.workflowExecution ? { workflowId: info.workflowExecution.workflowId, runId: info.workflowExecution.runId } : {}),
    ...(info.workflowType === undefined ? {} : { workflowType: info.workflowType }),
    activityType: info.activityType,
    activityId: info.activityId,
    attempt: info.attempt,
    ...(traceId === undefined ? {} : { traceId }),
  };
}
