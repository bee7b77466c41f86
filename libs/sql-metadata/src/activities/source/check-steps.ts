import { isCodedError, type CodedError } from '@tributary/common';
import { CHECK_STEPS } from '@tributary/workflow-contracts/sql-metadata';
import type { CheckStep, CheckStepName } from '@tributary/workflow-contracts/sql-metadata';
import { SQL_CHECK_TIMEOUT } from '../../errors.js';
import { unreadableBecause } from './unreadable.js';

export type StepOutcome = Pick<CheckStep, 'status' | 'detail' | 'code' | 'fix'>;

/** Thrown behind a step that failed, when the later ones are of no use without it. */
export class CheckEnded extends Error {}

/** Records the steps of a check as they happen. */
export class CheckSteps {
  readonly #steps = new Map<CheckStepName, CheckStep>();

  /** @param late aborted when the check has no time left @param seconds how long that was */
  constructor(private readonly late: AbortSignal, private readonly seconds: number) {}

  /** Records how a step ended; a later word on the same step counts. */
  add(name: CheckStepName, millis: number, outcome: StepOutcome): void {
    this.#steps.set(name, { name, required: true, ...outcome, millis: Math.round(millis) });
  }

  /**
   * Does the work of a step that the rest of the check depends on, and tells how many milliseconds it took.
   * @param stepOf the step that an error belongs to, when the work is part of several @default `name`
   * @throws CheckEnded when it failed, which is recorded
   */
  async attempt<T>(
    name: CheckStepName,
    work: () => Promise<T>,
    stepOf: (error: CodedError) => CheckStepName = () => name,
  ): Promise<{ readonly value: T; readonly millis: number }> {
    const started = performance.now();
    try {
      return { value: await work(), millis: performance.now() - started };
    } catch (error) {
      const coded = this.#codedOf(error, name);
      this.add(stepOf(coded), performance.now() - started, failureOf(coded));
      throw new CheckEnded(coded.message, { cause: coded });
    }
  }

  /** All steps in order; those that were not reached are skipped. */
  list(): CheckStep[] {
    const failed = [...this.#steps.values()].find(({ status }) => status === 'failed');
    const detail = failed ? `Not reached, because step "${failed.name}" failed.` : 'There was nothing to check.';
    return CHECK_STEPS.map((name) => this.#steps.get(name) ?? { name, status: 'skipped', required: true, detail, millis: 0 });
  }

  // What is no coded error is unforeseen, and fails the activity.
  #codedOf(error: unknown, step: CheckStepName): CodedError {
    if (this.late.aborted && error === this.late.reason) return SQL_CHECK_TIMEOUT({ step, seconds: this.seconds }, { cause: error });
    if (isCodedError(error)) return error;
    throw error;
  }
}

/** A step that found all in order. */
export function passed(detail: string): StepOutcome {
  return { status: 'passed', detail };
}

/** How a step ends with an error. */
export function failureOf(error: CodedError): StepOutcome {
  return { status: 'failed', detail: error.message, code: error.code, fix: unreadableBecause(error).fix };
}
