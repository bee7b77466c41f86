import { Type, type Static, type TSchema } from '@sinclair/typebox';

/** What happens when a time comes while a run of the schedule is under way; Temporal's names. */
export const OVERLAP_POLICIES = ['SKIP', 'BUFFER_ONE', 'BUFFER_ALL', 'CANCEL_OTHER', 'TERMINATE_OTHER', 'ALLOW_ALL'] as const;
export type Overlap = (typeof OVERLAP_POLICIES)[number];

const YEAR_SECONDS = 366 * 86_400;

const closed = { additionalProperties: false } as const;
const time = (description: string) => Type.String({ format: 'date-time', description });
const overlap = (description: string) => Type.Unsafe<Overlap>({ type: 'string', enum: [...OVERLAP_POLICIES], description });
const note = Type.String({ maxLength: 1_000, description: 'A word to the people who look at it.' });

export const scheduleId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$', description: 'Id of the schedule.' });

const matches = (minimum: number, maximum: number, description: string) =>
  Type.Optional(
    Type.Array(
      Type.Object(
        {
          start: Type.Integer({ minimum, maximum }),
          end: Type.Optional(Type.Integer({ minimum, maximum, description: 'Inclusive; without it start alone.' })),
          step: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'Every so many from start; without it each.' })),
        },
        closed,
      ),
      { minItems: 1, maxItems: 100, description },
    ),
  );

const CalendarSchema = Type.Object(
  {
    second: matches(0, 59, 'Without it 0.'),
    minute: matches(0, 59, 'Without it 0.'),
    hour: matches(0, 23, 'Without it 0.'),
    dayOfMonth: matches(1, 31, 'Without it each.'),
    month: matches(1, 12, 'Without it each.'),
    dayOfWeek: matches(0, 6, 'From 0, Sunday. Without it each.'),
    year: matches(2000, 2100, 'Without it each.'),
    comment: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^(?!cron: )' })),
  },
  { ...closed, minProperties: 1 },
);
export type Calendar = Static<typeof CalendarSchema>;

export const ScheduleSpecSchema = Type.Object(
  {
    cron: Type.Optional(
      Type.Array(Type.String({ pattern: '^(?:@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)|[0-9A-Za-z*,/?-]+(?: [0-9A-Za-z*,/?-]+){4,6})$', maxLength: 200 }), {
        minItems: 1,
        maxItems: 20,
        description: 'Cron expressions of 5 fields, or of 6 with the year, or of 7 with seconds and year; @hourly, @daily and so on.',
      }),
    ),
    intervalSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: YEAR_SECONDS, description: 'Each time that is a multiple of this since 1970.' })),
    offsetSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: YEAR_SECONDS, description: 'So much later than the multiples of intervalSeconds, and less than it.' })),
    calendars: Type.Optional(Type.Array(CalendarSchema, { minItems: 1, maxItems: 20, description: 'Times by the calendar.' })),
    timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Of cron and calendars: a name of the IANA time zone database. Default: UTC.' })),
    jitterSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400, description: 'Each start is moved by a random time up to this. Default: 0.' })),
    startAt: Type.Optional(time('No start before it.')),
    endAt: Type.Optional(time('No start after it.')),
  },
  {
    ...closed,
    $id: 'ScheduleSpec',
    description: 'When runs are started: at all times of cron, intervalSeconds and calendars together; at least one of them is needed.',
    anyOf: ['cron', 'intervalSeconds', 'calendars'].map((name) => ({ type: 'object', required: [name], properties: { [name]: {} } })),
  },
);
export type ScheduleSpec = Static<typeof ScheduleSpecSchema>;

const changeable = {
  runType: Type.String({ pattern: '^[a-z][a-z0-9-]{0,99}$', description: 'Slug of a run type, as GET /v1/run-types lists them.' }),
  input: Type.Object({}, { additionalProperties: true, description: 'Input of each run, by the schema of its run type. References to secrets, never credentials.' }),
  spec: Type.Unsafe<ScheduleSpec>(Type.Ref('ScheduleSpec#')),
  overlap: Type.Optional(overlap('When a time comes while a run of this schedule is under way. Default: SKIP.')),
  catchupWindowSeconds: Type.Optional(
    Type.Integer({ minimum: 10, maximum: YEAR_SECONDS, description: 'Starts that were missed while Temporal was down are made up for when they are not older than this. Default: 3600.' }),
  ),
  pauseOnFailure: Type.Optional(Type.Boolean({ description: 'Whether a run that fails pauses the schedule. Default: false.' })),
  paused: Type.Optional(Type.Boolean({ description: 'Default: false.' })),
  note: Type.Optional(note),
};

export const ScheduleChangeSchema = Type.Object(changeable, { ...closed, $id: 'ScheduleChange', description: 'A schedule without its id.' });
export type ScheduleChange = Static<typeof ScheduleChangeSchema>;

export const NewScheduleSchema = Type.Object({ id: scheduleId, ...changeable }, { ...closed, $id: 'NewSchedule' });
export type NewSchedule = Static<typeof NewScheduleSchema>;

const ScheduledRunSchema = Type.Object({
  scheduledAt: time('The time of the schedule that it was started for.'),
  startedAt: time('When it was started.'),
  run: Type.String({ description: 'Path of the run.' }),
});

const shown = {
  id: Type.String(),
  runType: changeable.runType,
  spec: changeable.spec,
  paused: Type.Boolean(),
  note: Type.Optional(Type.String()),
  nextRuns: Type.Array(time('When a run is started.'), { description: 'The times that come next.' }),
  lastRuns: Type.Array(ScheduledRunSchema, { description: 'Runs that it has started lately, the latest first.' }),
  links: Type.Object({ self: Type.String() }),
};

export const ScheduleSummarySchema = Type.Object(shown, { $id: 'ScheduleSummary' });
export type ScheduleSummary = Static<typeof ScheduleSummarySchema>;

export const ScheduleSchema = Type.Object(
  {
    ...shown,
    input: changeable.input,
    overlap: overlap('When a time comes while a run of this schedule is under way.'),
    catchupWindowSeconds: Type.Integer(),
    pauseOnFailure: Type.Boolean(),
    running: Type.Array(Type.String(), { description: 'Paths of the runs of this schedule that are under way.' }),
    counts: Type.Object({
      started: Type.Integer({ description: 'Runs started.' }),
      skipped: Type.Integer({ description: 'Starts left out because a run was under way.' }),
      missed: Type.Integer({ description: 'Starts that were too old to be made up for.' }),
    }),
    createdAt: time('When it was made.'),
    updatedAt: Type.Optional(time('When it was changed last.')),
  },
  { $id: 'Schedule' },
);
export type Schedule = Static<typeof ScheduleSchema>;

export const ScheduleListSchema = Type.Object(
  {
    schedules: Type.Array(Type.Unsafe<ScheduleSummary>(Type.Ref('ScheduleSummary#'))),
    nextPageToken: Type.Optional(Type.String({ description: 'Pass as pageToken for what follows; absent at the end.' })),
  },
  { $id: 'ScheduleList', description: 'One page. It may hold fewer than asked for, and others follow all the same.' },
);
export type ScheduleList = Static<typeof ScheduleListSchema>;

export const noteBody = Type.Object({ note: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description: 'Why.' })) }, closed);
export const triggerBody = Type.Object({ overlap: Type.Optional(overlap('For this start alone. Default: that of the schedule.')) }, closed);
export const backfillBody = Type.Object(
  {
    startAt: time('From here on.'),
    endAt: time('Up to here.'),
    overlap: Type.Optional(overlap('For these starts alone. Default: that of the schedule.')),
  },
  closed,
);
export const BackfillStartedSchema = Type.Object(
  { starts: Type.Integer({ description: 'Times of the schedule in this period.' }), schedule: Type.Unsafe<Schedule>(Type.Ref('Schedule#')) },
  { $id: 'BackfillStarted' },
);

export const scheduleSchemas: readonly TSchema[] = [
  ScheduleSpecSchema,
  ScheduleChangeSchema,
  NewScheduleSchema,
  ScheduleSummarySchema,
  ScheduleSchema,
  ScheduleListSchema,
  BackfillStartedSchema,
];
