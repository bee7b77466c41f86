import { proxyActivities } from '@temporalio/workflow';
import type { EventsTable, SummarizeEventsInput } from '@tributary/workflow-contracts/etl';
import type { SummaryActivities } from '../messages.js';

const activities = proxyActivities<SummaryActivities>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '1 minute',
  retry: { initialInterval: '1s', maximumAttempts: 2 },
});

/** Counts the events of a span of weeks by week and type. Fails with the code of the error that stopped it. */
export async function summarizeEvents(input: SummarizeEventsInput = {}): Promise<EventsTable> {
  return activities.summarizeEvents(input);
}
