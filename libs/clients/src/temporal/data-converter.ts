import type { DataConverter, PayloadCodec } from '@temporalio/common';

export interface DataConverterOptions {
  /** Encrypts payloads; failures are then encoded as payloads, so that it encrypts them too. */
  readonly codec?: PayloadCodec;
}

/**
 * Path of the module that encodes failures into payloads. A workflow bundle made ahead for workers with encryption needs
 * it: `bundleWorkflowCode({failureConverterPath})`.
 */
export function failureConverterPath(): string {
  return require.resolve('@tributary/clients/temporal/failure-converter');
}

/** The data converter that client and worker share. */
export function createDataConverter({ codec }: DataConverterOptions = {}): DataConverter {
  return codec ? { payloadCodecs: [codec], failureConverterPath: failureConverterPath() } : {};
}
