import { Type } from '@sinclair/typebox';
import type { ApiServer } from '../api-server.js';
import { SCHEDULE_PERIOD_INVALID } from '../errors.js';
import {
  backfillBody,
  BackfillStartedSchema,
  NewScheduleSchema,
  noteBody,
  ScheduleChangeSchema,
  scheduleId,
  ScheduleListSchema,
  ScheduleSchema,
  triggerBody,
} from '../schedules/schemas.js';
import { scheduleLink } from '../schedules/schedule-view.js';
import { Schedules, type VersionedSchedule } from '../schedules/schedules.js';
import { ref, responses } from '../schemas.js';
import type { ApiServices } from '../services.js';
import { preconditionOf } from '../state/precondition.js';

const tags = ['schedules'];
const params = Type.Object({ id: scheduleId });
const listQuery = Type.Object(
  {
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    pageToken: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,4096}$', description: 'nextPageToken of the page before.' })),
  },
  { additionalProperties: false },
);
const changeHeaders = Type.Object({
  'if-match': Type.Optional(Type.String({ maxLength: 1_000, description: 'ETag of the schedule that was read; * for whatever is there.' })),
});

/** A body that may be left out is an empty one. */
async function withoutBody(request: { body: unknown }): Promise<void> {
  request.body ??= {};
}

interface Answer {
  header(name: string, value: string): unknown;
}

/** Schedules that start runs: make, list, change, pause, trigger, backfill, delete. */
export function scheduleRoutes(app: ApiServer, services: ApiServices): void {
  const schedules = new Schedules(services);
  const withTag = (reply: Answer, { schedule, revision }: VersionedSchedule) => {
    reply.header('etag', `"${revision}"`);
    return schedule;
  };

  app.get(
    '/v1/schedules',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        operationId: 'listSchedules',
        summary: 'List the schedules',
        querystring: listQuery,
        response: responses({ 200: ref(ScheduleListSchema) }, []),
      },
    },
    ({ query }) => schedules.list(query.pageSize ?? 50, query.pageToken),
  );

  app.post(
    '/v1/schedules',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'createSchedule',
        summary: 'Make a schedule',
        body: ref(NewScheduleSchema),
        response: responses({ 201: ref(ScheduleSchema) }, [409, 413, 415]),
      },
    },
    async ({ body }, reply) => {
      const made = await schedules.create(body);
      void reply.code(201).header('location', scheduleLink(body.id));
      return withTag(reply, made);
    },
  );

  app.get(
    '/v1/schedules/:id',
    {
      config: { access: 'viewer' },
      schema: { tags, operationId: 'getSchedule', summary: 'A schedule, with its last and next runs', params, response: responses({ 200: ref(ScheduleSchema) }, [404]) },
    },
    async (request, reply) => withTag(reply, await schedules.get(request.params.id)),
  );

  app.put(
    '/v1/schedules/:id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'changeSchedule',
        summary: 'Replace a schedule',
        description: 'What the body leaves out goes back to its default. Runs that are under way go on as they are.',
        params,
        headers: changeHeaders,
        body: ref(ScheduleChangeSchema),
        response: responses({ 200: ref(ScheduleSchema) }, [404, 412, 413, 415, 428]),
      },
    },
    async ({ params: { id }, headers, body }, reply) => withTag(reply, await schedules.change(id, body, preconditionOf(headers, false))),
  );

  app.delete(
    '/v1/schedules/:id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'deleteSchedule',
        summary: 'Delete a schedule',
        description: 'Runs that it has started go on.',
        params,
        response: responses({ 204: Type.Null({ description: 'It is gone.' }) }, [404, 415]),
      },
    },
    async (request, reply) => {
      await schedules.delete(request.params.id);
      void reply.code(204);
      return null;
    },
  );

  app.post(
    '/v1/schedules/:id/pause',
    {
      config: { access: 'operator' },
      preValidation: withoutBody,
      schema: {
        tags,
        operationId: 'pauseSchedule',
        summary: 'Pause a schedule',
        description: 'No run is started until it is resumed. Times in between are not made up for.',
        params,
        body: noteBody,
        response: responses({ 200: ref(ScheduleSchema) }, [404, 413, 415]),
      },
    },
    async ({ params: { id }, body }, reply) => withTag(reply, await schedules.pause(id, body.note)),
  );

  app.post(
    '/v1/schedules/:id/resume',
    {
      config: { access: 'operator' },
      preValidation: withoutBody,
      schema: {
        tags,
        operationId: 'resumeSchedule',
        summary: 'Resume a paused schedule',
        params,
        body: noteBody,
        response: responses({ 200: ref(ScheduleSchema) }, [404, 413, 415]),
      },
    },
    async ({ params: { id }, body }, reply) => withTag(reply, await schedules.resume(id, body.note)),
  );

  app.post(
    '/v1/schedules/:id/trigger',
    {
      config: { access: 'operator' },
      preValidation: withoutBody,
      schema: {
        tags,
        operationId: 'triggerSchedule',
        summary: 'Start a run of a schedule now',
        description: 'Answers at once; the run appears among the last runs of the schedule.',
        params,
        body: triggerBody,
        response: responses({ 202: ref(ScheduleSchema) }, [404, 413, 415]),
      },
    },
    async ({ params: { id }, body }, reply) => {
      void reply.code(202);
      return withTag(reply, await schedules.trigger(id, body.overlap));
    },
  );

  app.post(
    '/v1/schedules/:id/backfill',
    {
      config: { access: 'operator' },
      schema: {
        tags,
        operationId: 'backfillSchedule',
        summary: 'Start the runs of a period that has passed',
        description: 'Answers at once; the runs are started one after another, as the overlap policy has it.',
        params,
        body: backfillBody,
        response: responses({ 202: ref(BackfillStartedSchema) }, [404, 413, 415]),
      },
    },
    async ({ params: { id }, body: { startAt, endAt, overlap } }, reply) => {
      if (Date.parse(startAt) >= Date.parse(endAt)) throw SCHEDULE_PERIOD_INVALID({ startAt, endAt });
      void reply.code(202);
      return schedules.backfill(id, startAt, endAt, overlap);
    },
  );
}
