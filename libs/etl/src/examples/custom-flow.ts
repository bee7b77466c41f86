import { defineFlow } from '../workflows/index.js';

/** Where a step puts what it made, and how much that is. */
export interface Batch {
  readonly uri: string;
  readonly records: number;
}

export interface CustomActivities {
  extractCustom(query: { readonly day: string }): Promise<Batch>;
  transformCustom(raw: Batch): Promise<Batch>;
  loadCustom(events: Batch): Promise<number>;
}

const retry = { maximumAttempts: 10 };

export const CustomFlow = defineFlow<CustomActivities>()({
  name: 'CustomFlow',
  queueName: 'custom-task-queue',
  activities: {
    extractCustom: { startToCloseTimeout: '10 minutes', heartbeatTimeout: '1 minute', retry },
    transformCustom: { startToCloseTimeout: '10 minutes', heartbeatTimeout: '1 minute', retry },
    loadCustom: { startToCloseTimeout: '10 minutes', heartbeatTimeout: '1 minute', retry },
  },
  run: async (query: { readonly day: string }, steps) => {
    const raw = await steps.extractCustom(query);
    const events = await steps.transformCustom(raw);
    return { loaded: await steps.loadCustom(events) };
  },
});
