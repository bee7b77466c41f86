import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { SecretScrubber } from '@tributary/common';

/**
 * Passes spans on without secrets in their names, attributes, events and status. It works when a span ends, not when
 * it is exported: by then the secret may be registered no longer.
 */
export function scrubbingSpanProcessor(next: SpanProcessor, scrubber: SecretScrubber): SpanProcessor {
  return {
    onStart: (span, context) => next.onStart(span, context),
    onEnd: (span) => next.onEnd(scrubSpan(span, scrubber)),
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  };
}

function scrubSpan(span: ReadableSpan, scrubber: SecretScrubber): ReadableSpan {
  const { message } = span.status;
  const scrubbed: Partial<ReadableSpan> = {
    name: scrubber.scrub(span.name),
    attributes: scrubAttributes(span.attributes, scrubber),
    status: { ...span.status, ...(message === undefined ? {} : { message: scrubber.scrub(message) }) },
    events: span.events.map((event) => ({
      ...event,
      name: scrubber.scrub(event.name),
      ...(event.attributes ? { attributes: scrubAttributes(event.attributes, scrubber) } : {}),
    })),
  };
  // Inherits the rest, some of which are getters, from the span itself.
  return Object.create(span, Object.getOwnPropertyDescriptors(scrubbed)) as ReadableSpan;
}

function scrubAttributes(attributes: Attributes, scrubber: SecretScrubber): Attributes {
  const scrubValue = (value: AttributeValue | undefined): AttributeValue | undefined => {
    if (typeof value === 'string') return scrubber.scrub(value);
    if (!Array.isArray(value)) return value;
    return value.map((item) => (typeof item === 'string' ? scrubber.scrub(item) : item)) as AttributeValue;
  };
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, scrubValue(value)]));
}
