import { SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { SecretScrubber } from '@tributary/common';
import { currentTraceId, startTelemetry, withSpan } from './index.js';
import { scrubbingSpanProcessor } from './scrubbing-span-processor.js';

describe('withSpan', () => {
  const exporter = new InMemorySpanExporter();
  const scrubber = new SecretScrubber();
  const provider = new NodeTracerProvider({ spanProcessors: [scrubbingSpanProcessor(new SimpleSpanProcessor(exporter), scrubber)] });

  beforeAll(() => provider.register());
  afterEach(() => exporter.reset());
  afterAll(async () => {
    await provider.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
  });

  it('nests what runs within, and gives the result', async () => {
    const result = await withSpan('outer', { rows: 1 }, () => withSpan('inner', {}, () => currentTraceId()));
    const [inner, outer] = exporter.getFinishedSpans();
    expect([inner?.name, outer?.name, outer?.attributes]).toEqual(['inner', 'outer', { rows: 1 }]);
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(result).toBe(outer?.spanContext().traceId);
    expect(inner?.ended).toBe(true);
  });

  it('marks a span whose work fails, and throws the error on', async () => {
    const error = new Error('no');
    await expect(withSpan('failing', {}, () => Promise.reject(error))).rejects.toBe(error);
    expect(exporter.getFinishedSpans()[0]?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no' });
  });

  it('sends no secret in name, attributes, events or status, though it is released before the export', async () => {
    const release = scrubber.add('hunter2');
    await withSpan('open hunter2', { url: 'pg://u:p@h', list: ['hunter2', 'x'], rows: 1 }, () => {
      throw new Error('hunter2 refused');
    }).catch(() => undefined);
    release();
    const [span] = exporter.getFinishedSpans();
    expect(span?.attributes).toEqual({ url: 'pg://[secret]@h', list: ['[secret]', 'x'], rows: 1 });
    expect(span?.status.message).toBe('[secret] refused');
    const { name, attributes, status, events } = span ?? {};
    expect(JSON.stringify({ name, attributes, status, events })).not.toContain('hunter2');
    expect(events?.[0]?.attributes?.['exception.message']).toBe('[secret] refused');
  });
});

it('is off without an endpoint, and ends in time when the collector is gone', async () => {
  const off = await startTelemetry({ serviceName: 's', serviceVersion: '1' });
  expect(off.tracing).toBeUndefined();
  expect(await withSpan('nothing', {}, () => currentTraceId())).toBeUndefined();
  await off.shutdown();

  const on = await startTelemetry({ serviceName: 's', serviceVersion: '1', otlpEndpoint: 'http://127.0.0.1:1/' });
  expect(on.tracing?.resource.attributes).toMatchObject({ 'service.name': 's', 'service.version': '1' });
  await withSpan('lost', {}, () => expect(currentTraceId()).toMatch(/^[0-9a-f]{32}$/));
  const started = performance.now();
  await on.shutdown();
  expect(performance.now() - started).toBeLessThan(4_000);
  expect(trace.getActiveSpan()).toBeUndefined();
});
