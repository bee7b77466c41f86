import { Context, log } from '@temporalio/activity';
import { isCodedError } from '@tributary/common';
import type { EventCounts } from '@tributary/workflow-contracts/etl';
import type { EtlDependencies } from '../dependencies.js';
import type { CloseRequest, FlowRun } from '../messages.js';
import { flowOf, openLedger, type OpenFlow } from './open-flow.js';
import { validateInput } from './validate-input.js';

const NONE: EventCounts = { inserted: 0, updated: 0, unchanged: 0 };

/** See `EtlActivities.closeFlow`. */
export async function closeFlow(dependencies: EtlDependencies, { run, outcome }: CloseRequest): Promise<EventCounts> {
  const flow = flowIfAny(dependencies, run);
  if (!flow) return NONE;
  const ledger = await openLedger(dependencies, run, flow, Context.current().info);
  const { events } = await ledger.totals();
  await ledger.finish(outcome);
  log.info('Flow closed', { outcome, events });
  return events;
}

/** A run whose input was refused was never opened. */
function flowIfAny(dependencies: EtlDependencies, run: FlowRun): OpenFlow | undefined {
  try {
    validateInput(run);
    return flowOf(dependencies, run);
  } catch (error) {
    if (isCodedError(error) && error.recovery === 'fatal') return undefined;
    throw error;
  }
}
