import type { FlowProgress } from '@tributary/workflow-contracts/etl';
import { mergeFlowProgress } from './merge-flow-progress.js';

const PROGRESS: FlowProgress = {
  phase: 'visit',
  done: 0,
  total: 0,
  rate: 0,
  phaseMillis: { planning: 500, list: 1_500 },
  events: { inserted: 0, updated: 0, unchanged: 0 },
};
const BEAT = { stage: 'visit', done: 30, total: 80, events: { inserted: 5, updated: 1, unchanged: 2 }, after: 'bug:1' };

it('takes how far it is from the heartbeat of the running stage', () => {
  expect(mergeFlowProgress(PROGRESS, ['other', BEAT], 5_000)).toEqual({ ...PROGRESS, done: 30, total: 80, rate: 10, events: BEAT.events });
});

it.each<[string, unknown]>([
  ['of another stage', { ...BEAT, stage: 'list' }],
  ['with a number missing', { ...BEAT, total: undefined }],
  ['with a count below zero', { ...BEAT, done: -1 }],
  ['without events', { stage: 'visit', done: 1, total: 2 }],
  ['that is nothing', null],
])('leaves out a heartbeat %s', (_, beat) => {
  expect(mergeFlowProgress(PROGRESS, [beat], 5_000)).toBe(PROGRESS);
});
