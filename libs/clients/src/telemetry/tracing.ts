import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { SecretScrubber } from '@tributary/common';
import { scrubbingSpanProcessor } from './scrubbing-span-processor.js';

/** What makes spans elsewhere, as of workflows, part of the same traces. */
export interface Tracing {
  readonly resource: Resource;
  readonly spanProcessor: SpanProcessor;
}

export interface TracingOptions {
  readonly serviceName: string;
  readonly serviceVersion: string;
  readonly otlpEndpoint: string;
  readonly scrubber: SecretScrubber;
}

const SHUTDOWN_MS = 3_000;

/** Registers the tracer provider of the process. Ends with what `shutdown` returns. */
export function startTracing(options: TracingOptions): Tracing & { shutdown(): Promise<void> } {
  const url = `${options.otlpEndpoint.replace(/\/+$/, '')}/v1/traces`;
  const resource = resourceFromAttributes({ 'service.name': options.serviceName, 'service.version': options.serviceVersion });
  const spanProcessor = scrubbingSpanProcessor(new BatchSpanProcessor(new OTLPTraceExporter({ url })), options.scrubber);
  const provider = new NodeTracerProvider({ resource, spanProcessors: [spanProcessor] });
  // Trace context alone: baggage would carry values of strangers on to our sources.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  return {
    resource,
    spanProcessor,
    async shutdown() {
      await bounded(provider.shutdown(), SHUTDOWN_MS);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

/** A collector that is gone must not hold up the end of the process: its last spans are lost then. */
async function bounded(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work.catch(() => undefined), timeout]);
  clearTimeout(timer);
}
