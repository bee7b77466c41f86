import { defineError } from '@tributary/common';

export const ENTITY_TYPE_UNKNOWN = defineError('ENTITY_TYPE_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no entity type {type}. Known: {known}.',
  fix: 'List the types with GET /v1/entity-types.',
});

export const ENTITY_UNKNOWN = defineError('ENTITY_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no {type} of this id.',
  fix: 'List the entities with GET /v1/entities, or start it with POST /v1/entities/{type}. Ended ones are kept as long as the retention of the Temporal namespace.',
});

export const ENTITY_RUNNING = defineError('ENTITY_RUNNING', {
  recovery: 'fatal',
  status: 409,
  message: 'The {type} {id} runs already.',
  fix: 'Change it by its actions, or cancel it first and start it again when it has ended.',
});

export const ENTITY_CLOSED = defineError('ENTITY_CLOSED', {
  recovery: 'fatal',
  status: 409,
  message: 'The {type} has ended and takes no more changes.',
  fix: 'Start it again with POST /v1/entities/{type}.',
});

export const ENTITY_ACTION_UNKNOWN = defineError('ENTITY_ACTION_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'Entities of type {type} have no action of this name. Allowed: {known}.',
  fix: 'List the types with GET /v1/entity-types: each names its actions, with the schemas of their inputs.',
});

export const ENTITY_VIEW_UNKNOWN = defineError('ENTITY_VIEW_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'Entities of type {type} have no view of this name. Allowed: {known}.',
  fix: 'List the types with GET /v1/entity-types: each names its views.',
});

export const ENTITY_UNAVAILABLE = defineError('ENTITY_UNAVAILABLE', {
  recovery: 'retry',
  message: 'The {type} does not answer: {reason}.',
  fix: 'Check that a worker of task queue {taskQueue} is running and healthy, then ask again. The entity keeps its state.',
});

export const ENTITY_ANSWER_LATE = defineError('ENTITY_ANSWER_LATE', {
  recovery: 'retry',
  status: 504,
  message: 'The {type} has not answered within {seconds} s. What was asked for may still take effect.',
  fix: 'Look at the entity. An action is safe to repeat with the same Idempotency-Key. Check that a worker of task queue {taskQueue} is running.',
});

export const ENTITY_REFUSED = defineError('ENTITY_REFUSED', {
  recovery: 'fatal',
  status: 422,
  message: 'The {type} refused what was asked for, with an error of type {error}.',
  fix: 'Look it up in the log of the worker, by the id of the entity.',
});
