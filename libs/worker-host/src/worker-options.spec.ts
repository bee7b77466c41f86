import { shutdownBudget } from '@tributary/common/config';
import { endBudget } from './worker-options.js';

it('ends a worker within its grace, whatever does not answer', () => {
  const { cancelledMs, farewellMs, closeMs } = endBudget;
  expect(shutdownBudget.activityDrainMs + cancelledMs + farewellMs + closeMs).toBeLessThanOrEqual(shutdownBudget.workerGraceMs);
});
