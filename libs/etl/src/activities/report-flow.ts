import { Context } from '@temporalio/activity';
import type { ObjectRef } from '@tributary/common';
import type { EtlDependencies } from '../dependencies.js';
import type { FlowReport, FlowRun } from '../messages.js';
import { reportLines } from '../report/report-lines.js';
import { reportKey } from '../report/report-key.js';
import { flowOf, openLedger } from './open-flow.js';

/** See `EtlActivities.reportFlow`. Changes nothing in the database, so that a repeated attempt finds the same. */
export async function reportFlow(dependencies: EtlDependencies, run: FlowRun): Promise<FlowReport> {
  const context = Context.current();
  const flow = flowOf(dependencies, run);
  const ledger = await openLedger(dependencies, run, flow, context.info);
  const totals = await ledger.totals();
  const { lines, count } = reportLines(ledger, () => context.heartbeat());
  const key = reportKey(run);
  const { sha256, bytes } = await dependencies.objects.put(key, lines, { signal: context.cancellationSignal });
  const report: ObjectRef = { uri: key, sha256, bytes, records: count() };
  return { ...totals, report };
}
