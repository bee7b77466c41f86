import { findCredential, SummarizeEventsInputSchema } from '@tributary/workflow-contracts/schemas';
import { SUMMARIZE_EVENTS, type EventsTable, type SummarizeEventsInput } from '@tributary/workflow-contracts/etl';
import type { EtlDependencies } from '../../dependencies.js';
import { ETL_INPUT_HOLDS_CREDENTIAL, ETL_SUMMARY_INPUT_INVALID } from '../../errors.js';
import { describeProblems } from '../../query/arg-problem.js';
import { argsChecker } from '../../query/check-args.js';
import { eventsTable } from './events-table.js';
import { weekSpan } from './week-span.js';

const check = argsChecker(SummarizeEventsInputSchema);

/** See `SummaryActivities.summarizeEvents`. */
export async function summarizeEvents({ database }: Pick<EtlDependencies, 'database'>, input: SummarizeEventsInput): Promise<EventsTable> {
  const credential = findCredential(input);
  if (credential !== undefined) throw ETL_INPUT_HOLDS_CREDENTIAL({ flow: SUMMARIZE_EVENTS, path: credential });
  const { problems } = check(input);
  if (problems.length > 0) throw ETL_SUMMARY_INPUT_INVALID({ problems: describeProblems(problems, 'input') });
  const span = weekSpan(input, Date.now());
  return eventsTable(span, await database.countEvents(span.first, span.last));
}
