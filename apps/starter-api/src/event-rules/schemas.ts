import { Type, type Static, type TSchema } from '@sinclair/typebox';

const closed = { additionalProperties: false } as const;
const attribute = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 500, description }));
const time = (description: string) => Type.String({ format: 'date-time', description });

export const ruleName = Type.String({ pattern: '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$', description: 'Name of the rule: small letters, digits and "-".' });

const MatchSchema = Type.Object(
  {
    type: attribute('The type of the event.'),
    source: attribute('The source of the event.'),
    subject: attribute('The subject of the event.'),
    data: Type.Optional(
      Type.Record(Type.String({ pattern: '^(?:/(?:[^~/]|~[01])*){0,20}$' }), Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean(), Type.Null()]), {
        maxProperties: 20,
        additionalProperties: false,
        description: 'Values that the data has, by JSON pointer.',
      }),
    ),
  },
  closed,
);

const StartSchema = Type.Object(
  {
    configuration: Type.Optional(Type.String({ pattern: '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$', description: 'Name of a saved configuration, as it is when the event comes.' })),
    runType: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{0,99}$', description: 'Slug of a run type, with input.' })),
    input: Type.Optional(
      Type.Object({}, { additionalProperties: true, description: 'Input of the run. {"$event": "/data/name"} stands for the value of the event at that JSON pointer: /id, /source, /type, /subject, /time, /data and below.' }),
    ),
  },
  {
    ...closed,
    description: 'Either configuration, or runType with input.',
    oneOf: [
      { type: 'object', required: ['configuration'], properties: { configuration: {} } },
      { type: 'object', required: ['runType', 'input'], properties: { runType: {}, input: {} } },
    ],
  },
);

const topic = Type.String({ pattern: '^[A-Za-z0-9._-]{1,200}$', description: 'A topic of TRIBUTARY_EVENT_TOPICS.' });

const rule = {
  description: Type.Optional(Type.String({ maxLength: 1_000 })),
  topic,
  match: MatchSchema,
  start: StartSchema,
};

export const EventRuleBodySchema = Type.Object(rule, { ...closed, $id: 'EventRuleBody', description: 'Which events start which run. Everything that match names has to be so; an empty match takes every event of the topic.' });
export type EventRule = Static<typeof EventRuleBodySchema>;

export const EventRuleSchema = Type.Object(
  { name: Type.String(), ...rule, etag: Type.String(), createdAt: time('When it was made.'), updatedAt: time('When it was changed last.'), links: Type.Object({ self: Type.String() }) },
  { $id: 'EventRule' },
);

export const EventRuleListSchema = Type.Object(
  {
    eventRules: Type.Array(Type.Unsafe<Static<typeof EventRuleSchema>>(Type.Ref('EventRule#'))),
    topics: Type.Array(Type.String(), { description: 'Topics that the API is subscribed to.' }),
    nextPageToken: Type.Optional(Type.String({ description: 'Pass as pageToken for what follows; absent at the end.' })),
  },
  { $id: 'EventRuleList', description: 'In order of their names.' },
);

export const eventRuleSchemas: readonly TSchema[] = [EventRuleBodySchema, EventRuleSchema, EventRuleListSchema];
