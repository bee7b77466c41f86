import type { WorkflowClientInterceptor } from '@temporalio/client';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry-v2/lib/client/index.js';

/**
 * Makes a span of each call to a workflow and hands its context on in the workflow's headers. Without a tracer provider it
 * costs nothing.
 */
export function tracingInterceptor(): WorkflowClientInterceptor {
  return new OpenTelemetryWorkflowClientInterceptor();
}
