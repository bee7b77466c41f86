import type { SummarizeEventsInput } from '@tributary/workflow-contracts/etl';
import type { ApiServer } from '../api-server.js';
import { askForTable } from '../event-summary/ask-for-table.js';
import { EventSummarySchema, eventSummaryQuery } from '../event-summary/schemas.js';
import { summaryOfTable } from '../event-summary/summary-of-table.js';
import { ref, responses } from '../schemas.js';
import type { ApiServices } from '../services.js';

/** Events by week and type. */
export function eventSummaryRoutes(app: ApiServer, { client }: ApiServices): void {
  app.get(
    '/v1/events/summary',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['events'],
        operationId: 'summarizeEvents',
        summary: 'Count the loaded events by week and type',
        description: 'Whole weeks, Monday to Sunday of UTC: those of the days "from" and "to" and what lies between. Without them the last 26 weeks; three years at most.',
        querystring: eventSummaryQuery,
        response: responses({ 200: ref(EventSummarySchema) }, [502, 504]),
      },
    },
    async ({ query }) => summaryOfTable(await askForTable(client, query as SummarizeEventsInput)),
  );
}
