import {
  OpenTelemetryInboundInterceptor,
  OpenTelemetryInternalsInterceptor,
  OpenTelemetryOutboundInterceptor,
} from '@temporalio/interceptors-opentelemetry-v2/lib/workflow/index.js';
import type { WorkflowInterceptors } from '@temporalio/workflow';
import { codedFailures } from './coded-failures.js';
import { inboundPayloadGuard, outboundPayloadGuard } from './payload-guard.js';

/** Interceptors of every workflow: tracing, coded errors as failures, payload guard. Bundles include this module. */
export const interceptors = (): WorkflowInterceptors => ({
  inbound: [new OpenTelemetryInboundInterceptor(), codedFailures, inboundPayloadGuard],
  outbound: [new OpenTelemetryOutboundInterceptor(), codedFailures, outboundPayloadGuard],
  internals: [new OpenTelemetryInternalsInterceptor()],
});
