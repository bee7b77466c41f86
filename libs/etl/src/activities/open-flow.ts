import type { Info } from '@temporalio/activity';
import { MOCK_FLOW } from '@tributary/workflow-contracts/etl';
import type { EtlDependencies } from '../dependencies.js';
import type { FlowRun } from '../messages.js';
import { mockOf } from '../mock/mock-source.js';
import { formatInstant } from '../time/instant.js';
import type { Query, Source } from '../source.js';
import type { RunLedger } from '../store/types.js';

export interface OpenFlow {
  readonly source: Source;
  readonly query: Query;
}

/**
 * The source and the query of a run: the same in every activity, since they are made of the input alone.
 * @throws CodedError ETL_QUERY_UNKNOWN, ETL_ARGS_INVALID
 */
export function flowOf({ registry }: Pick<EtlDependencies, 'registry'>, { flow, input, startedAt }: FlowRun): OpenFlow {
  const start = new Date(startedAt);
  if (flow === MOCK_FLOW) return mockOf(input, registry, start);
  return { source: registry.source(input.type), query: registry.createQuery(input.type, input.args, start) };
}

/** The ledger of a run, for one attempt of one activity. */
export function openLedger({ database }: EtlDependencies, run: FlowRun, { source, query }: OpenFlow, info: Info): Promise<RunLedger> {
  return database.openRun(
    {
      key: run.key,
      sourceKindId: source.sourceKindId,
      queryType: query.type,
      summary: query.toSummaryBase(),
      window: query.window,
      scope: query.scope,
      incremental: query.incremental,
      quarantineThreshold: query.quarantineThreshold ?? 0,
      startedAt: formatInstant(BigInt(run.startedAt) * 1_000n),
    },
    attemptNumber(run, info),
  );
}

/**
 * Numbers attempts by when the server scheduled them, in hundredths of a second since the run started: so the number
 * grows over the attempts of an activity, over activities, and over resets of the workflow.
 */
export function attemptNumber(
  { startedAt }: Pick<FlowRun, 'startedAt'>,
  { currentAttemptScheduledTimestampMs }: Pick<Info, 'currentAttemptScheduledTimestampMs'>,
): number {
  return 1 + Math.max(0, Math.floor((currentAttemptScheduledTimestampMs - startedAt) / 10));
}
