import { defineError } from '@tributary/common';

export const SCHEDULE_UNKNOWN = defineError('SCHEDULE_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no schedule of this id that starts runs.',
  fix: 'List the schedules with GET /v1/schedules.',
});

export const SCHEDULE_EXISTS = defineError('SCHEDULE_EXISTS', {
  recovery: 'fatal',
  status: 409,
  message: 'There is a schedule {id} already.',
  fix: 'Change it with PUT /v1/schedules/{id}, or take another id.',
});

export const SCHEDULE_CHANGED = defineError('SCHEDULE_CHANGED', {
  recovery: 'fatal',
  status: 412,
  message: 'Schedule {id} is not the one any more that If-Match names: somebody has changed it since.',
  fix: 'Read it again, and repeat the change on what is there now with its ETag.',
});

export const SCHEDULE_REFUSED = defineError('SCHEDULE_REFUSED', {
  recovery: 'fatal',
  message: 'Temporal refuses the schedule: {reason}.',
  fix: 'Correct what the reason names: a cron expression has 5 to 7 fields, a calendar at least one time that comes.',
});

export const SCHEDULE_TIME_ZONE_UNKNOWN = defineError('SCHEDULE_TIME_ZONE_UNKNOWN', {
  recovery: 'fatal',
  message: 'Received the time zone {timeZone}, which is not known. Allowed: names of the IANA time zone database, such as UTC or Europe/London.',
  fix: 'Look the name up in the database; upper and lower case matter.',
});

export const SCHEDULE_BACKFILL_TOO_LARGE = defineError('SCHEDULE_BACKFILL_TOO_LARGE', {
  recovery: 'fatal',
  message: 'The schedule has {count} times or more between {startAt} and {endAt}. Allowed in one request: {limit}.',
  fix: 'Backfill in several steps, each when the one before is done.',
});

export const SCHEDULE_PERIOD_INVALID = defineError('SCHEDULE_PERIOD_INVALID', {
  recovery: 'fatal',
  message: 'Received a period from {startAt} to {endAt}. Allowed: a start before the end.',
  fix: 'Exchange them.',
});
