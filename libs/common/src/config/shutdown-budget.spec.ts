import { loadConfig, defineConfig, shutdownBudget, workerHostVariables } from './index.js';

it('lets each party outlast the one before it', () => {
  const { activityDrainMs, workerGraceMs, sidecarBlockMs, podGraceMs } = shutdownBudget;
  const inOrder = [activityDrainMs, workerGraceMs, sidecarBlockMs, podGraceMs];
  expect(inOrder).toEqual([...new Set(inOrder)].sort((a, b) => a - b));
});

it('is what the configuration falls back to', () => {
  const schema = defineConfig({ app: 'a', description: '', variables: workerHostVariables });
  expect(loadConfig(schema, {}).shutdownGraceMs).toBe(shutdownBudget.activityDrainMs);
});
