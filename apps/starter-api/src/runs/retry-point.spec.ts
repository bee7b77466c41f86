import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { RetryPointFinder, type RetryRule } from './retry-point.js';

const EXTRACTION: RetryRule = { redo: 'extractBatch' };
const FLOW: RetryRule = { redo: 'planFlow', after: 'closeFlow' };

/** Where a recorded run would be taken up again, had it ended after so many events. */
function pointOf(file: string, rule: RetryRule, length?: number): { activity?: string | undefined; task: number; orderedBy: string } | undefined {
  const path = resolve(__dirname, '../../../../libs', file.replace('/', '/testdata/histories/0.1.0/'));
  const events = (historyFromJSON(JSON.parse(readFileSync(path, 'utf8'))).events ?? []).slice(0, length);
  const finder = new RetryPointFinder(rule);
  for (const event of events) finder.add(event);
  const point = finder.find();
  if (!point) return undefined;
  const task = point.workflowTask.toNumber();
  return { activity: point.activity, task, orderedBy: Object.keys(events[task - 1] ?? {}).find((name) => name.endsWith('Attributes')) ?? '' };
}

const task = { orderedBy: 'workflowTaskCompletedEventAttributes' };

it('is the activity that failed', () => {
  expect(pointOf('sql-metadata/refused.json', EXTRACTION)).toMatchObject({ activity: 'checkSource', ...task });
});

it('is the beginning of what is done again where that is earlier', () => {
  const { task: first } = pointOf('sql-metadata/published.json', EXTRACTION, 21) ?? {};
  const whole = pointOf('sql-metadata/published.json', EXTRACTION);
  expect(whole).toMatchObject({ activity: 'extractBatch', ...task });
  expect(first).toBeLessThanOrEqual(whole?.task ?? 0);
  // Read twice, it is done again from the first time on.
  expect(pointOf('sql-metadata/read-again.json', EXTRACTION)).toMatchObject({ activity: 'extractBatch', task: whole?.task });
});

it('is what had not ended in a run that was ended from outside', () => {
  expect(pointOf('etl/done.json', FLOW, 6)).toMatchObject({ activity: 'planFlow', ...task });
  expect(pointOf('etl/done.json', FLOW, 12)).toMatchObject({ activity: 'runStage', ...task });
});

it('is the plan of a flow that has been closed', () => {
  expect(pointOf('etl/incomplete.json', FLOW)).toMatchObject({ activity: 'planFlow', ...task });
  expect(pointOf('etl/source-down.json', FLOW)).toMatchObject({ activity: 'planFlow', ...task });
});

it('is the beginning where nothing was ordered, and nowhere before a worker has begun', () => {
  expect(pointOf('etl/done.json', FLOW, 4)).toEqual({ activity: undefined, task: 4, ...task });
  expect(pointOf('etl/done.json', FLOW, 3)).toBeUndefined();
});
