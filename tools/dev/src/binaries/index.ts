import { DAPRD } from './daprd.js';
import { findBinary } from './find-binary.js';
import type { FindOptions, FoundBinary } from './find-binary.js';
import { KUSTOMIZE } from './kustomize.js';
import { TEMPORAL } from './temporal.js';
import { VERSITYGW } from './versitygw.js';

/** Finds the Temporal CLI with its development server. @throws DEV_BINARY_MISSING, DEV_BINARY_UNFIT */
export function findTemporal(options?: FindOptions): Promise<FoundBinary> {
  return findBinary(TEMPORAL, options);
}

/** Finds the Dapr sidecar. @throws DEV_BINARY_MISSING, DEV_BINARY_UNFIT */
export function findDaprd(options?: FindOptions): Promise<FoundBinary> {
  return findBinary(DAPRD, options);
}

/** Finds Kustomize, which renders the Kubernetes manifests. @throws DEV_BINARY_MISSING, DEV_BINARY_UNFIT */
export function findKustomize(options?: FindOptions): Promise<FoundBinary> {
  return findBinary(KUSTOMIZE, options);
}

/** Finds an S3 server for tests. @throws DEV_BINARY_MISSING, DEV_BINARY_UNFIT */
export function findVersitygw(options?: FindOptions): Promise<FoundBinary> {
  return findBinary(VERSITYGW, options);
}

export type { BinarySource, FindOptions, FoundBinary } from './find-binary.js';
export type { FinderEvent, FinderListener } from './progress.js';
