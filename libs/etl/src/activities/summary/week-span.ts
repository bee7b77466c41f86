import { isCodedError } from '@tributary/common';
import { SUMMARY_WEEKS_DEFAULT, SUMMARY_WEEKS_MAX, type SummarizeEventsInput } from '@tributary/workflow-contracts/etl';
import { ETL_SUMMARY_SPAN_INVALID, ETL_TIME_INVALID } from '../../errors.js';
import { mondayOf, parseInstant, type Instant } from '../../time/instant.js';

const WEEK: Instant = 7n * 86_400n * 1_000_000n;

/** Mondays of the first and the last week, `YYYY-MM-DD`. */
export interface WeekSpan {
  readonly first: string;
  readonly last: string;
}

/**
 * The weeks that an input means.
 * @param now epoch milliseconds
 * @throws CodedError ETL_SUMMARY_SPAN_INVALID
 */
export function weekSpan({ from, to }: SummarizeEventsInput, now: number): WeekSpan {
  const invalid = (problem: string): Error => ETL_SUMMARY_SPAN_INVALID({ from: from ?? 'no "from"', to: to ?? 'no "to"', problem, weeks: SUMMARY_WEEKS_MAX });
  const last = to === undefined ? mondayOf(BigInt(now) * 1_000n) : mondayIn(to, invalid);
  const first = from === undefined ? mondayOf(dayOf(last) - BigInt(SUMMARY_WEEKS_DEFAULT - 1) * WEEK) : mondayIn(from, invalid);
  if (first > last) throw invalid(`the week of ${first} is after that of ${last}`);
  const weeks = Number((dayOf(last) - dayOf(first)) / WEEK) + 1;
  if (weeks > SUMMARY_WEEKS_MAX) throw invalid(`these are ${weeks} weeks`);
  return { first, last };
}

function mondayIn(day: string, invalid: (problem: string) => Error): string {
  // The first weeks of year 1 begin before it.
  if (day < '0002') throw invalid(`there are no events in ${day.slice(0, 4)}`);
  try {
    return mondayOf(dayOf(day));
  } catch (error) {
    if (isCodedError(error) && error.code === ETL_TIME_INVALID.code) throw invalid(`there is no day "${day}"`);
    throw error;
  }
}

function dayOf(day: string): Instant {
  return parseInstant(`${day}T00:00:00Z`);
}
