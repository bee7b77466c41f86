import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataConverter, PayloadCodec } from '@temporalio/common';
import { TEMPORAL_FAILURE_CONVERTER_MISSING } from './errors.js';

/** What the sandbox failure converter looks for. */
const FLAG = '__TRIBUTARY_ENCODE_FAILURES__';

export interface DataConverterOptions {
  /** Encrypts payloads; failures are then encoded as payloads, so that it encrypts their messages and stacks too. */
  readonly codec?: PayloadCodec;
}

/**
 * The data converter that client and worker share. A worker that runs a bundle made ahead also needs `withEncodedFailures`.
 * @throws CodedError TEMPORAL_FAILURE_CONVERTER_MISSING
 */
export function createDataConverter({ codec }: DataConverterOptions = {}): DataConverter {
  return codec ? { payloadCodecs: [codec], failureConverterPath: moduleBeside('failure-converter') } : {};
}

/** Path of the module that `bundleWorkflowCode({failureConverterPath})` needs for a bundle made ahead. */
export function sandboxFailureConverterPath(): string {
  return moduleBeside('sandbox-failure-converter');
}

/**
 * The code of a workflow bundle, made to encode failures. Line numbers stay as they are.
 * @throws CodedError TEMPORAL_FAILURE_CONVERTER_MISSING when it was bundled without the sandbox failure converter: failures
 * of its workflows would be kept in plain text
 */
export function withEncodedFailures(bundleCode: string): string {
  if (!bundleCode.includes(FLAG)) throw TEMPORAL_FAILURE_CONVERTER_MISSING({ path: 'the workflow bundle' });
  return `globalThis.${FLAG} = true; ${bundleCode}`;
}

/** The SDK loads converters by path: TypeScript from source, JavaScript once built, and beside an app's single file. */
function moduleBeside(name: string): string {
  const paths = ['.js', '.ts'].map((extension) => join(__dirname, `${name}${extension}`));
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) throw TEMPORAL_FAILURE_CONVERTER_MISSING({ path: paths[0] });
  return found;
}
