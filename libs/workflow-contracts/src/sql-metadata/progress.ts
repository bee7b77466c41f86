/** Name of the query that every extraction answers with an `ExtractionProgress`. */
export const PROGRESS_QUERY = 'progress';

export type ExtractionPhase = 'checking' | 'planning' | 'extracting' | 'verifying' | 'publishing' | 'published' | 'failed';

/** How far an extraction is. Records are catalog rows. */
export interface ExtractionProgress {
  readonly phase: ExtractionPhase;
  /** Records extracted by finished batches; a running batch's heartbeat says more. */
  readonly done: number;
  /** Records to extract, as planned; 0 before the plan is there. */
  readonly total: number;
  /** Records per second since extraction began, of the finished batches. */
  readonly rate: number;
  /** Wall time of each finished phase, in milliseconds of workflow time. */
  readonly phaseMillis: Readonly<Partial<Record<ExtractionPhase, number>>>;
  /** One line per batch: database and kind. */
  readonly batches: readonly BatchProgress[];
}

export interface BatchProgress {
  readonly database: string;
  readonly kind: string;
  readonly state: 'planned' | 'running' | 'done';
  readonly done: number;
  readonly total: number;
}
