import type { TSchema } from '@sinclair/typebox';
import type { BrowseSqlSourceInput, CheckSqlSourceInput, PlanSqlExtractionInput } from '@tributary/workflow-contracts/sql-metadata';
import type { ApiServer } from '../api-server.js';
import { ref, responses } from '../schemas.js';
import type { ApiServices } from '../services.js';
import { askSource } from '../sources/ask-source.js';
import { BrowseInput, BrowseResult, Check, CheckInput, Plan, PlanInput, SourceProblemSchema } from '../sources/schemas.js';
import { checkFailure } from '../sources/source-failure.js';
import { browseSource, checkSource, planExtraction } from '../sources/source-questions.js';

const config = { access: 'operator' } as const;

/** Answers of a route that asks about a source. */
const answers = (own: TSchema) =>
  responses(
    {
      200: own,
      422: {
        description: 'The source cannot be used as it is: the code says why.',
        content: { 'application/problem+json': { schema: ref(SourceProblemSchema) } },
      } as never,
    },
    [413, 415, 502, 504],
  );

const about = (operationId: string, summary: string, description: string) => ({ tags: ['sources'], operationId, summary, description });

/** Check, browse and plan a source, each by a short workflow on the worker that reaches it. */
export function sourceRoutes(app: ApiServer, { client, ui }: ApiServices): void {
  app.post(
    '/v1/sources/check',
    {
      config,
      schema: {
        ...about(
          'checkSource',
          'Check whether a source can be extracted',
          'Secret, network, sign-in, version, databases, privileges, scope. 200 when nothing required failed; else 422 with the code of what failed first, and every step in "checks", with the exact GRANT where that is what is missing.',
        ),
        body: ref(CheckInput),
        response: answers(ref(Check)),
      },
    },
    async ({ body }) => {
      // The schema is the interface's equal, as a test of the contracts shows.
      const check = await askSource({ client, ui }, checkSource, body as CheckSqlSourceInput);
      if (!check.ok) throw checkFailure(check);
      return check;
    },
  );

  app.post(
    '/v1/sources/browse',
    {
      config,
      schema: {
        ...about('browseSource', 'List databases, schemas or objects of a source', 'A page of one level, each item with what the filters and privileges say to it.'),
        body: ref(BrowseInput),
        response: answers(ref(BrowseResult)),
      },
    },
    ({ body }) => askSource({ client, ui }, browseSource, body as BrowseSqlSourceInput),
  );

  app.post(
    '/v1/sources/plan',
    {
      config,
      schema: {
        ...about('planExtraction', 'Say what an extraction would have', 'Databases with counts, and a page of objects, each with why it is in or out. Reads no data and writes nothing.'),
        body: ref(PlanInput),
        response: answers(ref(Plan)),
      },
    },
    ({ body }) => askSource({ client, ui }, planExtraction, body as PlanSqlExtractionInput),
  );
}
