import { defineError } from '@tributary/common';

export const STATEFUL_HOST_REFUSED = defineError('STATEFUL_HOST_REFUSED', {
  recovery: 'fatal',
  status: 403,
  message: 'A load asked for host {host}, which this worker may not call. Allowed: {allowed}.',
  fix: 'Correct apiUrl, or allow the host in the configuration of the worker.',
});

export const STATEFUL_CREDENTIAL_BEHIND = defineError('STATEFUL_CREDENTIAL_BEHIND', {
  recovery: 'retry',
  message: 'The secret store has version {found} of {ref}; at least {wanted} is asked for.',
  fix: 'Write the new credential together with its version under the key `version`, or ask for the version that is there.',
});

export const STATEFUL_SOURCE_FAILED = defineError('STATEFUL_SOURCE_FAILED', {
  recovery: 'retry',
  message: 'The source answered {status} to {place}.',
  fix: 'The state is kept and the load is tried again. Look at the source if this stays.',
});

export const STATEFUL_SOURCE_UNREACHABLE = defineError('STATEFUL_SOURCE_UNREACHABLE', {
  recovery: 'retry',
  message: 'The source at {place} could not be reached: {problem}.',
  fix: 'The state is kept and the load is tried again. Check apiUrl and the network if this stays.',
});

export const STATEFUL_ANSWER_INVALID = defineError('STATEFUL_ANSWER_INVALID', {
  recovery: 'fatal',
  message: 'The answer of {place} cannot be used: {problem}.',
  fix: 'Correct the mapping or the bounds of the loader, or the source.',
});

export const STATEFUL_API_URL_MISSING = defineError('STATEFUL_API_URL_MISSING', {
  recovery: 'fatal',
  message: 'Loader {loader} has no URL to call: neither its template nor the entity has one.',
  fix: 'Set apiUrl at the entity or an owner of it, or write a whole URL into the template.',
});

export const STATEFUL_EVENTS_NOWHERE = defineError('STATEFUL_EVENTS_NOWHERE', {
  recovery: 'fatal',
  message: 'Event {event} of a {type} was raised, but this worker has no topic for events.',
  fix: 'Give createStatefulActivities an event bus and a topic.',
});
