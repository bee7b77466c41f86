import { defineError } from '@tributary/common';

export const STATEFUL_DEFINITION_INVALID = defineError('STATEFUL_DEFINITION_INVALID', {
  recovery: 'fatal',
  message: '{what} is not valid in a definition. Allowed: {allowed}.',
  fix: 'Correct the definition; it is checked when it is loaded.',
});

export const STATEFUL_MESSAGE_INVALID = defineError('STATEFUL_MESSAGE_INVALID', {
  recovery: 'fatal',
  message: 'Received a message that cannot be used: {problem}.',
  fix: 'Send it again as the definition describes it. Nothing of it was applied.',
});

export const STATEFUL_ACTION_FAILED = defineError('STATEFUL_ACTION_FAILED', {
  recovery: 'fatal',
  message: 'Action {action} ended with an error: {problem}.',
  fix: 'Nothing of it was applied. Look at what the action requires of its input and of the state.',
});

export const STATEFUL_ENTITY_UNKNOWN = defineError('STATEFUL_ENTITY_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'Received a change of {entity}, which is not known here.',
  fix: 'Use put to create it, or send the change to the workflow that holds it.',
});

export const STATEFUL_INBOX_FULL = defineError('STATEFUL_INBOX_FULL', {
  recovery: 'retry',
  status: 429,
  message: 'The entity is paused and already holds {held} messages, which is its limit.',
  fix: 'Resume it, or send the message again later.',
});

export const STATEFUL_CLOSED = defineError('STATEFUL_CLOSED', {
  recovery: 'fatal',
  status: 409,
  message: 'The entity is {status} and takes no more changes.',
  fix: 'Start it again, or send the change to the workflow that owns it.',
});

export const STATEFUL_LITERAL_REFUSED = defineError('STATEFUL_LITERAL_REFUSED', {
  recovery: 'fatal',
  message:
    'Received a literal credential ({length} characters) while payloads are not encrypted. Allowed: secret://<store>/<name>[#key].',
  fix: 'Put the credential into a secret store and send its reference, or switch payload encryption on.',
});

export const STATEFUL_CARRY_INVALID = defineError('STATEFUL_CARRY_INVALID', {
  recovery: 'fatal',
  message: 'Received a carried state of {entity} in version {received}; this code reads versions {allowed}.',
  fix: 'Run a release that knows this version, or add the migrations that are missing.',
});
