/** Bytes of an image. */
export interface Size {
  /** Of all layers, unpacked. */
  readonly totalBytes: number;
  /** Of its base. */
  readonly baseBytes: number;
  /** Of what it adds, each layer compressed as a registry keeps it. */
  readonly addedCompressedBytes: number;
  /** Most that its package.json allows to be added, unpacked. */
  readonly budgetBytes: number;
}

/** From the start of the container to `/readyz` with 200: medians. */
export interface Start {
  readonly millis: readonly number[];
  readonly readyMillis: number;
  /** Until anything answered on its port. */
  readonly firstAnswerMillis: number;
  /** Processor time that it had used when it was ready, which another load of the machine does not change. */
  readonly cpuMillis: number;
}

/** Of a container where nothing happens, a while after it was ready. */
export interface Idle {
  /** What its control group is charged with, without page cache. */
  readonly memoryBytes: number;
  /** Resident memory of its process, pages of shared files included. */
  readonly residentBytes: number;
}

export interface Measured {
  readonly start: Start;
  readonly idle: Idle;
}

export interface AppFigures extends Measured {
  readonly size: Size;
  /** Memory that its Deployment requests. */
  readonly requestedBytes: number;
}

export interface Figures {
  readonly starts: number;
  readonly idleSeconds: number;
  readonly baseImage: string;
  readonly apps: Readonly<Record<string, AppFigures>>;
  /** A Temporal worker with one workflow that does nothing, and an HTTP server that answers 200: in the same base. */
  readonly floors: { readonly worker: Measured; readonly server: Measured };
}
