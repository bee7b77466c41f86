import { join } from 'node:path';
import type { EtlFlowResult, OutcomeCounts, SubjectReport } from '@tributary/workflow-contracts/etl';
import { formatCount, formatDuration, table } from '../terminal/index.js';

const BLOCKS = '▁▂▃▄▅▆▇█';
const MOST_SUBJECTS = 20;

export interface FlowOutcome {
  readonly result: EtlFlowResult;
  readonly subjects: readonly SubjectReport[];
  /** Events of the window in the database, by week in order. */
  readonly weeks: readonly { readonly week: string; readonly events: number }[];
  readonly elapsedMs: number;
  /** Folder of the object store. */
  readonly objects: string;
}

/** What a flow has loaded, in lines: counts by type, events per week, how each subject ended, time per phase. */
export function flowSummaryLines({ result, subjects, weeks, elapsedMs, objects }: FlowOutcome): string[] {
  const { inserted, updated, unchanged } = result.events;
  const types = Object.entries(result.types).sort(([a], [b]) => (a < b ? -1 : 1));
  const phases = Object.entries(result.phaseMillis).map(([phase, millis]) => `${phase} ${formatDuration(millis)}`);
  const [first, last] = [weeks[0]?.week, weeks.at(-1)?.week];
  return [
    `${formatCount(inserted + updated + unchanged)} events from ${result.window.start} to ${result.window.end} in ${formatDuration(elapsedMs)}`,
    `${formatCount(inserted)} inserted, ${formatCount(updated)} updated, ${formatCount(unchanged)} unchanged`,
    '',
    ...indent(table(types.map(([type, count]) => [type, formatCount(count)]), [1])),
    '',
    ...(first === undefined ? [] : [`Weeks        ${sparkline(weeks.map(({ events }) => events))} ${first} to ${last ?? first}`]),
    `Subjects     ${outcomes(result.subjects)}`,
    ...indent(subjectLines(subjects)),
    `Units read   ${outcomes(result.units)}`,
    `Quarantined  ${formatCount(result.quarantined)}`,
    `Phases       ${phases.join(', ')}`,
    `Report       ${join(objects, result.report.uri)}`,
  ];
}

/** A character per number, as high as the number is. */
export function sparkline(numbers: readonly number[]): string {
  const most = Math.max(1, ...numbers);
  return numbers.map((number) => (number === 0 ? ' ' : (BLOCKS[Math.ceil((number / most) * BLOCKS.length) - 1] ?? ''))).join('');
}

function outcomes(counts: OutcomeCounts): string {
  const parts = Object.entries(counts).filter(([outcome, count]) => outcome === 'done' || count > 0);
  return parts.map(([outcome, count]) => `${formatCount(count)} ${outcome}`).join(', ');
}

/** Those of which something is to be told. */
function subjectLines(subjects: readonly SubjectReport[]): string[] {
  const notable = subjects.filter(({ outcome, problems, renamedTo }) => outcome !== 'done' || problems.length > 0 || renamedTo !== undefined);
  const rows = notable.slice(0, MOST_SUBJECTS).flatMap(({ subject, outcome, renamedTo, problems }) => [
    [subject, outcome, renamedTo === undefined ? '' : `now ${renamedTo}`],
    ...problems.map(({ unit, code }) => ['', '', `${unit}: ${code}`]),
  ]);
  const more = notable.length > MOST_SUBJECTS ? [`and ${notable.length - MOST_SUBJECTS} more`] : [];
  return [...table(rows), ...more];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
