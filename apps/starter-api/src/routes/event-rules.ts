import { Type, type Static } from '@sinclair/typebox';
import type { ApiServer } from '../api-server.js';
import { API_PAGE_TOKEN_INVALID } from '../errors.js';
import { checkRule } from '../event-rules/check-rule.js';
import type { SavedRule } from '../event-rules/event-rule-store.js';
import { EventRuleBodySchema, EventRuleListSchema, EventRuleSchema, ruleName } from '../event-rules/schemas.js';
import { ref, responses } from '../schemas.js';
import type { ApiServices } from '../services.js';
import { isUnchanged, preconditionOf } from '../state/precondition.js';

const tags = ['events'];
const params = Type.Object({ name: ruleName });
const etag = (description: string) => Type.Optional(Type.String({ maxLength: 1_000, description }));
const ifMatch = etag('ETag of the rule that was read; * for whatever is there.');

/** Rules by which events start runs. */
export function eventRuleRoutes(app: ApiServer, { eventRules, events, configurations }: ApiServices): void {
  app.get(
    '/v1/event-rules',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'listEventRules',
        summary: 'List the rules by which events start runs',
        querystring: Type.Object(
          {
            pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
            pageToken: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,200}$', description: 'nextPageToken of the page before.' })),
          },
          { additionalProperties: false },
        ),
        response: responses({ 200: ref(EventRuleListSchema) }, []),
      },
    },
    async ({ query: { pageSize: limit = 50, pageToken } }) => {
      const { documents, next } = await eventRules.list({ limit, ...(pageToken === undefined ? {} : { after: nameOfToken(pageToken) }) });
      const nextPageToken = next === undefined ? {} : { nextPageToken: Buffer.from(next).toString('base64url') };
      return { eventRules: documents.map(viewOf), topics: [...events.topics], ...nextPageToken };
    },
  );

  app.get(
    '/v1/event-rules/:name',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'getEventRule',
        summary: 'A rule',
        params,
        headers: Type.Object({ 'if-none-match': etag('ETag of what the reader has.') }),
        response: responses({ 200: ref(EventRuleSchema), 304: Type.Null({ description: 'Not changed.' }) }, [404]),
      },
    },
    async (request, reply) => {
      const saved = await eventRules.get(request.params.name);
      void reply.header('etag', `"${saved.revision}"`);
      if (isUnchanged(request.headers['if-none-match'], saved.revision)) {
        void reply.code(304);
        return null;
      }
      return viewOf(saved);
    },
  );

  app.put(
    '/v1/event-rules/:name',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'putEventRule',
        summary: 'Save a rule',
        description: 'Checked as far as it can be without an event. It takes effect within a second.',
        params,
        headers: Type.Object({ 'if-match': ifMatch, 'if-none-match': etag('* to make a new one.') }),
        body: ref(EventRuleBodySchema),
        response: responses({ 200: ref(EventRuleSchema), 201: ref(EventRuleSchema) }, [404, 409, 412, 413, 415, 428]),
      },
    },
    async ({ params: { name }, headers, body }, reply) => {
      const precondition = preconditionOf(headers, true);
      await checkRule(body, events.topics, configurations);
      const { document, created } = await eventRules.put(name, body, precondition);
      void reply.header('etag', `"${document.revision}"`);
      if (created) void reply.code(201).header('location', linkOf(name));
      return viewOf(document);
    },
  );

  app.delete(
    '/v1/event-rules/:name',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'deleteEventRule',
        summary: 'Delete a rule',
        params,
        headers: Type.Object({ 'if-match': ifMatch }),
        response: responses({ 204: Type.Null({ description: 'It is gone.' }) }, [404, 412, 415, 428]),
      },
    },
    async ({ params: { name }, headers }, reply) => {
      await eventRules.delete(name, preconditionOf(headers, false));
      void reply.code(204);
      return null;
    },
  );
}

function viewOf({ name, value, revision, createdAt, updatedAt }: SavedRule): Static<typeof EventRuleSchema> {
  return { name, ...value, etag: `"${revision}"`, createdAt, updatedAt, links: { self: linkOf(name) } };
}

function linkOf(name: string): string {
  return `/v1/event-rules/${name}`;
}

/** @throws CodedError API_PAGE_TOKEN_INVALID */
function nameOfToken(token: string): string {
  const name = Buffer.from(token, 'base64url').toString();
  if (!/^[a-z0-9-]{1,64}$/.test(name)) throw API_PAGE_TOKEN_INVALID();
  return name;
}
