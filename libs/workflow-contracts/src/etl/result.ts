import type { ObjectRef } from '@tributary/common';
import type { EventCounts } from './progress.js';

/** How a subject or a unit of a run ended. `private`: not to be seen with these credentials. `gone`: suspended or deleted. */
export const OUTCOMES = ['done', 'private', 'gone', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type OutcomeCounts = Readonly<Record<Outcome, number>>;

/** One line of a run's report: a subject, and how reading it ended. */
export interface SubjectReport {
  /** Name in the source: a member, a project. */
  readonly subject: string;
  readonly outcome: Outcome;
  /** Name under which the source has it now, when it was renamed. */
  readonly renamedTo?: string;
  /** Units read on its behalf, those it shares with other subjects included. */
  readonly units: OutcomeCounts;
  /** What went wrong, first of each code. */
  readonly problems: readonly UnitProblem[];
}

export interface UnitProblem {
  /** Unit of work: `bug:1`. */
  readonly unit: string;
  readonly outcome: Exclude<Outcome, 'done'>;
  readonly code: string;
  readonly message: string;
}

/** Result of a green flow; a run that lost something fails with ETL_RUN_INCOMPLETE, whose details have the same shape. */
export interface EtlFlowResult {
  /** The query in a few words, without credentials. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Window in effect, RFC 3339 in UTC. */
  readonly window: { readonly start: string; readonly end: string };
  readonly events: EventCounts;
  /** Events of the run by type. */
  readonly types: Readonly<Record<string, number>>;
  readonly subjects: OutcomeCounts;
  readonly units: OutcomeCounts;
  /** Records that were read. */
  readonly records: number;
  /** Those of them that could not be transformed. A green run has no more than `quarantine_threshold` allows. */
  readonly quarantined: number;
  /** JSON lines of `SubjectReport`, and of the quarantined. */
  readonly report: ObjectRef;
  readonly phaseMillis: Readonly<Record<string, number>>;
}
