import { defineError } from '@tributary/common';

export const EVENTS_WORKER_MISSING = defineError('EVENTS_WORKER_MISSING', {
  recovery: 'retry',
  message: 'No worker takes tasks of queue "{taskQueue}" now, so that nobody can count the events.',
  fix: 'Start the Launchpad worker, or wait until it is back; GET /readyz of the worker says how it is.',
});

export const EVENTS_ANSWER_LATE = defineError('EVENTS_ANSWER_LATE', {
  recovery: 'retry',
  status: 504,
  message: 'The events have not been counted within {seconds} s; workflow {workflowId} has been left to its end.',
  fix: 'Ask for fewer weeks. If it persists, see how busy the events database is.',
});

export const EVENTS_UNAVAILABLE = defineError('EVENTS_UNAVAILABLE', {
  recovery: 'retry',
  message: 'The worker cannot count the events ({code}): {reason}',
  fix: '{fix}',
});

export const EVENTS_ANSWER_UNREADABLE = defineError('EVENTS_ANSWER_UNREADABLE', {
  recovery: 'fatal',
  status: 502,
  message: 'Workflow {workflowId} answered in a form that this API does not know.',
  fix: 'Run API and Launchpad worker of the same release.',
});
