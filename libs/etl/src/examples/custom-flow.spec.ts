import { randomUUID } from 'node:crypto';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { connectClient } from '@tributary/clients/temporal';
import { startInProcessWorker } from '@tributary/testing/stack';
import { definePagedSource, defineSource } from '../index.js';
import { defineFlow, type ActivitiesOf } from '../workflows/index.js';
import { CustomFlow, type CustomActivities } from './custom-flow.js';

const activities: ActivitiesOf<typeof CustomFlow> = {
  extractCustom: async ({ day }) => ({ uri: `raw/${day}`, records: 3 }),
  transformCustom: async ({ uri, records }) => ({ uri: uri.replace('raw', 'events'), records: records * 2 }),
  loadCustom: async ({ records }) => records,
};

describe('a flow of its own', () => {
  let temporal: TemporalServer;

  beforeAll(async () => {
    temporal = await startTemporal();
  }, 60_000);

  afterAll(() => temporal?.stop());

  it('runs its steps on a worker that has them', async () => {
    const worker = await startInProcessWorker({
      temporal,
      taskQueue: CustomFlow.queueName,
      workflowsPath: require.resolve('./custom-flow.ts'),
      activities,
    });
    const client = await connectClient({ address: temporal.address, namespace: temporal.namespace });
    try {
      const options = { taskQueue: CustomFlow.queueName, workflowId: randomUUID(), args: [{ day: '2026-01-05' }] as [{ day: string }] };
      expect(await client.workflow.execute(CustomFlow, options)).toEqual({ loaded: 6 });
    } finally {
      await client.close();
      await worker.stop();
    }
  }, 60_000);

  it('does not compile when a step is missing', () => {
    const retry = { maximumAttempts: 1 };
    const step = { startToCloseTimeout: '1 minute', retry } as const;
    const run = () => Promise.resolve();
    // @ts-expect-error loadCustom has no options
    defineFlow<CustomActivities>()({ name: 'F', queueName: 'q', activities: { extractCustom: step, transformCustom: step }, run });
    const unbounded = { startToCloseTimeout: '1 minute' } as const;
    // @ts-expect-error loadCustom does not say how often it is tried
    defineFlow<CustomActivities>()({ name: 'F', queueName: 'q', activities: { extractCustom: step, transformCustom: step, loadCustom: unbounded }, run });
    // @ts-expect-error loadCustom is missing
    const lacking: ActivitiesOf<typeof CustomFlow> = { extractCustom: activities.extractCustom, transformCustom: activities.transformCustom };
    // @ts-expect-error page is missing
    definePagedSource({ type: 'T', sourceKindId: 't', args: {}, transform: () => [] });
    // @ts-expect-error transform is missing
    definePagedSource({ type: 'T', sourceKindId: 't', args: {}, page: async () => ({ records: [] }) });
    // @ts-expect-error open is missing
    defineSource({ type: 'T', sourceKindId: 't', stages: [], createQuery: () => { throw new Error(); } });
    expect(lacking).not.toHaveProperty('loadCustom');
  });
});
