import { SecretScrubber } from '@tributary/common';
import type { Tracing } from './tracing.js';

export interface TelemetryOptions {
  readonly serviceName: string;
  readonly serviceVersion: string;
  /** OTLP over HTTP, as `http://127.0.0.1:4318`. Without it nothing is traced and nothing of OpenTelemetry's SDK is loaded. */
  readonly otlpEndpoint?: string | undefined;
  /** Knows the secrets that no span may hold. */
  readonly scrubber?: SecretScrubber;
}

export interface Telemetry {
  /** Undefined when tracing is off. */
  readonly tracing: Tracing | undefined;
  /** Sends what is left, within three seconds. */
  shutdown(): Promise<void>;
}

/** Starts tracing for the process, with W3C trace context, when there is an endpoint to send to. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { otlpEndpoint, scrubber = new SecretScrubber() } = options;
  if (otlpEndpoint === undefined) return { tracing: undefined, shutdown: () => Promise.resolve() };
  const { startTracing } = await import('./tracing.js');
  const tracing = startTracing({ ...options, otlpEndpoint, scrubber });
  return { tracing, shutdown: () => tracing.shutdown() };
}
