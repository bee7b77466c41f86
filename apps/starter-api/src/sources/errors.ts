import { defineError } from '@tributary/common';

export const SOURCE_WORKER_MISSING = defineError('SOURCE_WORKER_MISSING', {
  recovery: 'retry',
  message: 'No worker takes tasks of queue "{taskQueue}" now, so that nobody can look at the source. Nothing was done.',
  fix: 'Start the SQL metadata worker, or wait until it is back; GET /readyz of the worker says how it is.',
});

export const SOURCE_ANSWER_LATE = defineError('SOURCE_ANSWER_LATE', {
  recovery: 'retry',
  status: 504,
  message: 'The source has not been looked at within {seconds} s; workflow {workflowId} goes on ({place}).',
  fix: 'Look at the workflow for where it waits. Ask again with a narrower request: one database, one schema, a smaller limit.',
});

export const SOURCE_ANSWER_UNREADABLE = defineError('SOURCE_ANSWER_UNREADABLE', {
  recovery: 'fatal',
  status: 502,
  message: 'Workflow {workflowId} answered in a form that this API does not know.',
  fix: 'Run API and SQL metadata worker of the same release.',
});

export const SOURCE_CHECK_FAILED = defineError('SOURCE_CHECK_FAILED', {
  recovery: 'fatal',
  status: 422,
  message: 'The source cannot be extracted as it is: {detail}',
  fix: 'Correct what "checks" lists as failed, each with what mends it.',
});
