import { defineError } from '@tributary/common';

export const STATEFUL_STARTING = defineError('STATEFUL_STARTING', {
  recovery: 'retry',
  status: 503,
  message: 'The entity has not begun yet.',
  fix: 'Ask again in a moment. If this stays, look whether a worker polls its task queue.',
});

export const STATEFUL_START_INVALID = defineError('STATEFUL_START_INVALID', {
  recovery: 'fatal',
  message: 'Received a start that cannot be used: {problem}.',
  fix: 'Start it with {"entity": {"id": ..., ...}}, as its definition describes the entity, under the name of its definition.',
});

export const STATEFUL_NAME_RESERVED = defineError('STATEFUL_NAME_RESERVED', {
  recovery: 'fatal',
  message: '{what} "{name}" of {workflow} has a name that every entity uses itself. Not allowed: {reserved}.',
  fix: 'Choose another name in the definition.',
});

export const STATEFUL_CONTINUED = defineError('STATEFUL_CONTINUED', {
  recovery: 'retry',
  status: 409,
  message: 'The entity went on in a new run before {what} had ended.',
  fix: 'Nothing is lost: what was accepted is still done. Look at the state for the outcome.',
});

export const STATEFUL_CARRY_TOO_LARGE = defineError('STATEFUL_CARRY_TOO_LARGE', {
  recovery: 'fatal',
  message: 'The state of {workflow} takes {bytes} bytes when it is packed. A run can hand over {limit} at most.',
  fix: 'Let relations that grow be owned by workflows of their own, keep fewer fields, or shorten limits.deletions and limits.remembered.',
});
