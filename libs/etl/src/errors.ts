import { defineError } from '@tributary/common';

export const ETL_INPUT_INVALID = defineError('ETL_INPUT_INVALID', {
  recovery: 'fatal',
  message: 'The input of flow {flow} is not valid: {problems}.',
  fix: 'Pass one object with the fields type and args; docs/guides has an example.',
});

export const ETL_INPUT_HOLDS_CREDENTIAL = defineError('ETL_INPUT_HOLDS_CREDENTIAL', {
  recovery: 'fatal',
  message: 'The input of flow {flow} holds what looks like a credential at {path}. Only references are allowed.',
  fix: 'Give the credential to the worker by its configuration, and change it: it now stands in the history of this workflow.',
});

export const ETL_SUMMARY_INPUT_INVALID = defineError('ETL_SUMMARY_INPUT_INVALID', {
  recovery: 'fatal',
  message: 'The input of summarizeEvents is not valid: {problems}.',
  fix: 'Pass one object with the fields from and to, both days like 2026-03-02, or neither.',
});

export const ETL_SUMMARY_SPAN_INVALID = defineError('ETL_SUMMARY_SPAN_INVALID', {
  recovery: 'fatal',
  message: 'Events cannot be summed up from {from} to {to}: {problem}. Allowed: days of the calendar in their order, {weeks} weeks at most.',
  fix: 'Ask for a shorter span, or for several one after the other.',
});

export const ETL_QUERY_UNKNOWN = defineError('ETL_QUERY_UNKNOWN', {
  recovery: 'fatal',
  message: 'Received query type "{type}"{hint}. This worker has: {registered}.',
  fix: 'Name one of the registered types, start the flow on the task queue of a worker that has the source, or register the source with this one.',
});

export const ETL_SOURCE_DUPLICATE = defineError('ETL_SOURCE_DUPLICATE', {
  recovery: 'fatal',
  message: 'Two sources are registered for query type "{type}".',
  fix: 'Give one of them another type, or register it once.',
});

export const ETL_ARGS_INVALID = defineError('ETL_ARGS_INVALID', {
  recovery: 'fatal',
  message: 'The args of {type} are not valid: {problems}.',
  fix: 'Correct the named arguments and start the flow again; nothing was read.',
});

export const ETL_TIME_INVALID = defineError('ETL_TIME_INVALID', {
  recovery: 'fatal',
  message: 'Received "{received}" as a time: {reason}. Allowed: RFC 3339 with an offset, years 0001 to 9999, no leap second.',
  fix: 'Write it like 2023-01-31T12:30:00Z or 2023-01-31T12:30:00.123456+05:30.',
});

export const ETL_EVENT_INVALID = defineError('ETL_EVENT_INVALID', {
  recovery: 'skip',
  message: 'An event is not valid: {problems}.',
  fix: 'Correct the transform of the source; the record is counted as quarantined meanwhile.',
});

export const ETL_TRANSFORM_FAILED = defineError('ETL_TRANSFORM_FAILED', {
  recovery: 'skip',
  message: 'The record made the transform fail with {error} at {place}.',
  fix: 'Correct the transform of the source; the record is counted as quarantined meanwhile.',
});

export const ETL_UNIT_UNFINISHED = defineError('ETL_UNIT_UNFINISHED', {
  recovery: 'fatal',
  message: 'The source stopped reading unit {unit} after a page that names a cursor to go on from.',
  fix: 'Let the last page of a unit have no cursor, or yield the page that follows.',
});

export const ETL_STAGE_UNKNOWN = defineError('ETL_STAGE_UNKNOWN', {
  recovery: 'fatal',
  message: 'Source {type} made unit {unit} for stage "{stage}", which is not a stage or has ended. Allowed: {allowed}.',
  fix: 'Give the unit the stage that is running or a later one.',
});

export const ETL_STAGE_UNFINISHED = defineError('ETL_STAGE_UNFINISHED', {
  recovery: 'retry',
  message: 'Stage {stage} has {open} units left after all were read.',
  fix: 'The stage is run again by itself and reads them. If it comes back, report it.',
});

export const ETL_SOURCE_SILENT = defineError('ETL_SOURCE_SILENT', {
  recovery: 'retry',
  status: 504,
  message: 'The source gave no page of unit {unit} and no sign of life for {minutes} minutes.',
  fix: 'The unit is tried again. If it comes back, see what the source waits for; while it makes requests it says so by context.heartbeat().',
});

export const ETL_UNIT_GIVEN_UP = defineError('ETL_UNIT_GIVEN_UP', {
  recovery: 'fatal',
  message: 'Given up untried: in {attempts} attempts of stage {stage}, over hours, the source gave nothing. The last error was {code}.',
  fix: 'Read the report for how the units that were tried failed. Run the query again when the source answers.',
});

export const ETL_RUN_INCOMPLETE = defineError('ETL_RUN_INCOMPLETE', {
  recovery: 'fatal',
  status: 500,
  message: 'The run is not complete: {subjects} subjects and {units} units failed, {quarantined} records were quarantined. All the rest is loaded ({events} events). The report is {report}.',
  fix: 'Read the report for what failed and why, put it right, and start the same run again: what is loaded stays as it is.',
});
