import { SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';

/**
 * Runs `fn` within a span that ends when it does; an error becomes the span's status and is thrown on. Attributes are
 * scrubbed of secrets on the way out, but say nothing in them that need not be said.
 */
export async function withSpan<T>(name: string, attributes: Attributes, fn: (span: Span) => Promise<T> | T): Promise<T> {
  return trace.getTracer('tributary').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await fn(span);
    } catch (error) {
      const known = error instanceof Error ? error : new Error(String(error));
      span.recordException(known);
      span.setStatus({ code: SpanStatusCode.ERROR, message: known.message });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Trace id of the active span, or undefined outside of one or with tracing off. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}
