import { defineError } from '@tributary/common';

export const RUN_FILTER_UNAVAILABLE = defineError('RUN_FILTER_UNAVAILABLE', {
  recovery: 'fatal',
  message: 'Runs cannot be found by connection or subject: namespace {namespace} has no search attributes for them.',
  fix: 'Register them once: temporal operator search-attribute create --name TributaryConnection --type Keyword --name TributarySubject --type Keyword. Runs that start afterwards have them. Until then filter by workflowIdPrefix.',
});

export const RUN_RUNNING = defineError('RUN_RUNNING', {
  recovery: 'fatal',
  status: 409,
  message: 'The run has no result yet: it is running.',
  fix: 'Ask again as the header Retry-After says, or follow its progress.',
});

export const RUN_HAS_NO_RESULT = defineError('RUN_HAS_NO_RESULT', {
  recovery: 'fatal',
  status: 409,
  message: 'The run has no result and will have none: it is {status}.',
  fix: 'Read its status. Start it again if its result is needed.',
});

export const RUN_NOT_PAUSABLE = defineError('RUN_NOT_PAUSABLE', {
  recovery: 'fatal',
  status: 409,
  message: 'Runs of type {type} cannot be paused.',
  fix: 'Let it run, or cancel it and start it again later.',
});

export const RUN_NOT_FAILED = defineError('RUN_NOT_FAILED', {
  recovery: 'fatal',
  status: 409,
  message: 'The run cannot be retried: it is {status}. Allowed: failed, timed-out, terminated.',
  fix: 'Start a new run instead.',
});

export const RUN_SUPERSEDED = defineError('RUN_SUPERSEDED', {
  recovery: 'fatal',
  status: 409,
  message: 'The run cannot be retried: its workflow has had a later run, {runId}.',
  fix: 'Look at the one that "run" links to.',
});

export const RUN_NOT_RESETTABLE = defineError('RUN_NOT_RESETTABLE', {
  recovery: 'fatal',
  status: 409,
  message: 'The run cannot be retried: {reason}.',
  fix: 'Start a new run with the same input.',
});
