export { Metrics, metrics } from './metrics.js';
export type { CounterMetric, GaugeMetric, HistogramMetric, MetricDefinition, ReadGaugeDefinition } from './metrics.js';
export { startTelemetry } from './telemetry.js';
export type { Telemetry, TelemetryOptions } from './telemetry.js';
export type { Tracing } from './tracing.js';
export { currentTraceId, withSpan } from './with-span.js';
