import { Type, type Static, type TSchema } from '@sinclair/typebox';
import type { Problem } from '../problems/problem-schema.js';
import { RUN_STATUSES } from '../runs/run-status.js';

const closed = { additionalProperties: false } as const;
const time = (description: string) => Type.String({ format: 'date-time', description });
const counts = (description: string) => Type.Record(Type.String(), Type.Integer(), { description });
const anything = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });
const status = Type.Unsafe<(typeof RUN_STATUSES)[number]>({ type: 'string', enum: [...RUN_STATUSES] });
const reference = Type.String({
  pattern: '^secret://[A-Za-z0-9][A-Za-z0-9._-]{0,62}/[A-Za-z0-9][A-Za-z0-9._/-]{0,252}(?:#[A-Za-z0-9][A-Za-z0-9._-]{0,126})?$',
  description: 'Reference to a credential: secret://<store>/<name>[#key]. Credentials themselves are not taken.',
});
const url = Type.String({ pattern: '^https?://[^\\s/?#@]+(?:[/?#][^\\s]*)?$', maxLength: 2_000, description: 'Base URL of its API. The worker calls allowed hosts only.' });

export const entityTypeName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,99}$', description: 'Entity type, as GET /v1/entity-types lists them.' });
export const entityParams = Type.Object({
  type: entityTypeName,
  id: Type.String({ minLength: 1, maxLength: 1_800, description: 'Id of the entity, percent-encoded.' }),
});

const EntityTypeSchema = Type.Object(
  {
    type: Type.String({ description: 'Segment of the paths of its entities.' }),
    title: Type.String(),
    entity: Type.String({ description: 'Its entity type within the model; several workflows may stand for one.' }),
    workflowType: Type.String(),
    taskQueue: Type.String(),
    start: Type.Unknown({ description: 'JSON Schema of the body that starts one.' }),
    actions: Type.Array(Type.Object({ name: Type.String(), input: Type.Unknown({ description: 'JSON Schema of its input.' }) })),
    views: Type.Array(Type.String()),
    loaders: Type.Array(Type.String(), { description: 'What it loads by itself, and on demand.' }),
    fields: Type.Array(Type.String(), { description: 'Fields and relations of the entity.' }),
  },
  { $id: 'EntityType' },
);

export const EntityTypeListSchema = Type.Object({ entityTypes: Type.Array(Type.Unsafe<Static<typeof EntityTypeSchema>>(Type.Ref('EntityType#'))) }, { $id: 'EntityTypeList' });

const EntityLinksSchema = Type.Object({
  self: Type.String(),
  state: Type.String(),
  children: Type.String(),
  changes: Type.String({ description: 'Server-sent events.' }),
  temporalUi: Type.Optional(Type.String({ description: 'The entity in the Temporal UI.' })),
});

const summary = {
  type: Type.String({ description: 'Entity type.' }),
  id: Type.String(),
  workflowId: Type.String(),
  runId: Type.String(),
  status,
  startTime: time('When its present run began; a run is followed by another one, with the same state, from time to time.'),
  closeTime: Type.Optional(time('When it ended.')),
  links: EntityLinksSchema,
};

export const EntitySummarySchema = Type.Object(summary, { $id: 'EntitySummary' });
export type EntitySummary = Static<typeof EntitySummarySchema>;

export const EntityListSchema = Type.Object(
  {
    entities: Type.Array(Type.Unsafe<EntitySummary>(Type.Ref('EntitySummary#'))),
    nextPageToken: Type.Optional(Type.String({ description: 'Pass as pageToken for what follows; absent at the end.' })),
  },
  { $id: 'EntityList', description: 'One page, the latest first. It may hold fewer than asked for, and others follow all the same.' },
);
export type EntityList = Static<typeof EntityListSchema>;

const EntityProgressSchema = Type.Object(
  {
    phase: Type.String({ description: 'loading, live, degraded, paused or closing.' }),
    loads: Type.Object({ done: Type.Integer(), total: Type.Integer(), failing: Type.Integer() }),
    children: Type.Object({ running: Type.Integer(), total: Type.Integer() }),
    linksBehind: Type.Integer({ description: 'Other entities that are still to be told of changes.' }),
  },
  { $id: 'EntityProgress' },
);

const EntityHealthSchema = Type.Object(
  {
    self: Type.Object({ type: Type.String(), id: Type.String(), workflow: Type.String(), level: Type.Integer() }),
    status: Type.String({ description: 'running, paused or closing.' }),
    owners: Type.Array(Type.String(), { description: 'Workflow ids of the entities that own it.' }),
    credential: Type.Object({ kind: Type.String(), ref: Type.Optional(Type.String()), minVersion: Type.Optional(Type.Integer()), version: Type.Optional(Type.Integer()) }),
    apiUrl: Type.Optional(Type.String()),
    loads: anything('Where each loader stands; times are milliseconds since 1970.'),
    children: counts('Children by status.'),
    linksBehind: Type.Integer(),
    subscribers: Type.Integer(),
    held: Type.Integer({ description: 'Messages that wait until it is resumed.' }),
    counters: counts('How often what happened.'),
    deadLetters: Type.Array(Type.Unknown(), { description: 'What could not be used, with the reason.' }),
    problems: Type.Array(Type.Unknown(), { description: 'What went wrong outside of its state.' }),
  },
  { $id: 'EntityHealth' },
);

export const EntitySchema = Type.Object(
  {
    ...summary,
    progress: Type.Optional(Type.Unsafe<Static<typeof EntityProgressSchema>>(Type.Ref('EntityProgress#'))),
    health: Type.Optional(Type.Unsafe<Static<typeof EntityHealthSchema>>(Type.Ref('EntityHealth#'))),
    unavailable: Type.Optional(Type.Unsafe<Problem>(Type.Ref('Problem#'))),
  },
  { $id: 'Entity', description: 'With progress and health, or why they are not known now.' },
);
export type Entity = Static<typeof EntitySchema>;

export const EntityStatePageSchema = Type.Object(
  {
    at: Type.Integer({ description: 'Changes counted so far: pages with the same number belong together.' }),
    entities: Type.Record(Type.String(), anything('By id.'), { description: 'By type; relations are ids.' }),
    nextPageToken: Type.Optional(Type.String({ description: 'Pass as pageToken for what follows; absent at the end.' })),
  },
  { $id: 'EntityStatePage' },
);
export type EntityStatePage = Static<typeof EntityStatePageSchema>;

export const EntityViewSchema = Type.Object({ view: Type.String(), result: Type.Unknown() }, { $id: 'EntityView' });
export const EntityActionResultSchema = Type.Object({ action: Type.String(), result: Type.Unknown({ description: 'null when it has none.' }) }, { $id: 'EntityActionResult' });

const EntityChildSchema = Type.Object(
  {
    workflow: Type.String({ description: 'Workflow id.' }),
    type: Type.String({ description: 'Entity type within the model.' }),
    id: Type.String(),
    relation: Type.String(),
    status: Type.String({ description: 'starting, running, waiting or ended.' }),
    epoch: Type.Integer(),
    since: Type.Integer({ description: 'When the status came, in milliseconds since 1970.' }),
    failures: Type.Integer(),
    attached: Type.Boolean(),
    outcome: Type.Optional(Type.String()),
    error: Type.Optional(Type.String()),
  },
  { $id: 'EntityChild' },
);
export const EntityChildListSchema = Type.Object(
  {
    children: Type.Array(Type.Unsafe<Static<typeof EntityChildSchema>>(Type.Ref('EntityChild#'))),
    nextPageToken: Type.Optional(Type.String({ description: 'Pass as pageToken for what follows; absent at the end.' })),
  },
  { $id: 'EntityChildList' },
);
export type EntityChildList = Static<typeof EntityChildListSchema>;

export const StartEntitySchema = Type.Object(
  {
    entity: Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: true, description: 'The entity, by the schema of its type in GET /v1/entity-types.' }),
    apiToken: Type.Optional(reference),
    apiUrl: Type.Optional(url),
  },
  { ...closed, $id: 'StartEntity' },
);
export type StartEntity = Static<typeof StartEntitySchema>;

export const loadBody = Type.Object({ loader: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Without it all.' })) }, closed);
export const actionBody = Type.Object({}, { additionalProperties: true, description: 'Input, by the schema of the action in GET /v1/entity-types.' });
export const apiTokenBody = Type.Object(
  { reference, minVersion: Type.Optional(Type.Integer({ minimum: 0, description: 'A load waits until the secret store has at least this version.' })) },
  closed,
);
export const apiUrlBody = Type.Object({ url: Type.Union([url, Type.Null()], { description: 'null: that of its owner.' }) }, closed);

export const entitySchemas: readonly TSchema[] = [
  EntityTypeSchema,
  EntityTypeListSchema,
  EntitySummarySchema,
  EntityListSchema,
  EntityProgressSchema,
  EntityHealthSchema,
  EntitySchema,
  EntityStatePageSchema,
  EntityViewSchema,
  EntityActionResultSchema,
  EntityChildSchema,
  EntityChildListSchema,
  StartEntitySchema,
];
