import {
  datasetWorkflow,
  HIERARCHY_QUEUE,
  launchpadSourceWorkflow,
  organizationWorkflow,
  repositoryWorkflow,
  sourceWorkflow,
} from '@tributary/stateful-hierarchy';
import type { EntityWorkflow } from '@tributary/stateful-workflow';
import { ENTITY_TYPE_UNKNOWN } from './errors.js';
import { entitySchema, fieldSchema, type JsonSchema } from './field-schema.js';

/** An entity type that the API shows: the definition of a workflow, and where it runs. */
export interface EntityType {
  /** Segment of the paths of its entities. */
  readonly slug: string;
  readonly title: string;
  readonly definition: EntityWorkflow;
  readonly taskQueue: string;
}

const hierarchy = (slug: string, title: string, definition: object): EntityType => ({
  slug,
  title,
  // Definitions as the core runs them: their own types were checked where they are written.
  definition: definition as EntityWorkflow,
  taskQueue: HIERARCHY_QUEUE,
});

export const ENTITY_TYPES: readonly EntityType[] = [
  hierarchy('organization', 'The top of a tree: an organization with its sources', organizationWorkflow),
  hierarchy('source', 'A data catalog with its datasets', sourceWorkflow),
  hierarchy('launchpad-source', 'A project on Launchpad with its repositories', launchpadSourceWorkflow),
  hierarchy('dataset', 'A dataset of a data catalog', datasetWorkflow),
  hierarchy('repository', 'A repository of a project on Launchpad', repositoryWorkflow),
];

/** @throws CodedError ENTITY_TYPE_UNKNOWN */
export function entityTypeOf(slug: string): EntityType {
  const type = ENTITY_TYPES.find((known) => known.slug === slug);
  if (!type) throw ENTITY_TYPE_UNKNOWN({ type: slug.slice(0, 100), known: ENTITY_TYPES.map((known) => known.slug) });
  return type;
}

/** What a type is, for people and programs that start its entities and send them actions. */
export function describeEntityType({ slug, title, definition, taskQueue }: EntityType) {
  const { name, type, model, actions, views, loaders } = definition;
  return {
    type: slug,
    title,
    entity: type,
    workflowType: name,
    taskQueue,
    start: startSchema(definition),
    actions: Object.entries(actions).map(([action, { input }]) => ({ name: action, input: fieldSchema(input) })),
    views: Object.keys(views),
    loaders: Object.keys(loaders),
    fields: Object.keys(model.entities[type]?.shape ?? {}),
  };
}

function startSchema({ model, type }: EntityWorkflow): JsonSchema {
  const shape = model.entities[type]?.shape;
  return {
    type: 'object',
    properties: {
      entity: shape ? entitySchema(shape) : {},
      apiToken: { type: 'string', description: 'Reference to the credential of its API: secret://<store>/<name>[#key].' },
      apiUrl: { type: 'string', description: 'Base URL of its API; the worker calls allowed hosts only.' },
    },
    required: ['entity'],
    additionalProperties: false,
  };
}
