import { sql } from 'kysely';
import type { SchemaMigration } from './migration.js';
import { describeTables } from './describe-tables.js';

/** Everything that the first release has. */
export const eventsAndLedger: SchemaMigration = {
  name: '0001-events-and-ledger',
  up: async (db, schema) => {
    const name = (table: string) => sql.id(schema, table);
    // Keys are compared by their bytes, so that their order is the same on every server and in every language.
    const statements = [
      sql`CREATE TABLE ${name('events')} (
        source_kind_id text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        parent_id text COLLATE "C" NOT NULL,
        week date NOT NULL CHECK (week = date_trunc('week', time_utc AT TIME ZONE 'UTC')::date),
        employee_id text COLLATE "C",
        type text COLLATE "C" NOT NULL,
        time_utc timestamptz(6) NOT NULL,
        relation_properties jsonb NOT NULL CHECK (jsonb_typeof(relation_properties) = 'object'),
        inserted_at timestamptz(6) NOT NULL DEFAULT now(),
        changed_at timestamptz(6) NOT NULL DEFAULT now(),
        PRIMARY KEY (source_kind_id, id)
      )`,
      sql`CREATE INDEX ON ${name('events')} (time_utc)`,
      sql`CREATE INDEX ON ${name('events')} (employee_id, time_utc)`,
      sql`CREATE INDEX ON ${name('events')} (type, time_utc)`,
      sql`CREATE INDEX ON ${name('events')} (week)`,
      sql`CREATE INDEX ON ${name('events')} (parent_id)`,
      sql`CREATE TABLE ${name('identities')} (
        source_kind_id text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        employee_id text COLLATE "C" NOT NULL,
        changed_at timestamptz(6) NOT NULL DEFAULT now(),
        PRIMARY KEY (source_kind_id, name)
      )`,
      sql`CREATE INDEX ON ${name('identities')} (employee_id)`,
      sql`CREATE TABLE ${name('flow_runs')} (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text COLLATE "C" NOT NULL UNIQUE,
        source_kind_id text COLLATE "C" NOT NULL,
        query_type text NOT NULL,
        scope text COLLATE "C" NOT NULL,
        incremental boolean NOT NULL,
        summary jsonb NOT NULL,
        window_start timestamptz(6) NOT NULL,
        window_end timestamptz(6) NOT NULL,
        started_at timestamptz(6) NOT NULL,
        attempt integer NOT NULL,
        state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
        finished_at timestamptz(6),
        inserted bigint NOT NULL DEFAULT 0,
        updated bigint NOT NULL DEFAULT 0,
        unchanged bigint NOT NULL DEFAULT 0,
        quarantined bigint NOT NULL DEFAULT 0,
        types jsonb NOT NULL DEFAULT '{}',
        stages jsonb NOT NULL DEFAULT '{}',
        subjects jsonb,
        units jsonb
      )`,
      sql`CREATE INDEX ON ${name('flow_runs')} (started_at)`,
      sql`CREATE TABLE ${name('flow_units')} (
        run_id bigint NOT NULL REFERENCES ${name('flow_runs')} ON DELETE CASCADE,
        key text COLLATE "C" NOT NULL,
        stage text COLLATE "C" NOT NULL,
        kind text NOT NULL,
        payload jsonb NOT NULL,
        subjects text[] COLLATE "C" NOT NULL,
        mark text COLLATE "C",
        since timestamptz(6),
        cursor jsonb,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'private', 'gone', 'failed')),
        version integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0,
        code text COLLATE "C",
        message text,
        PRIMARY KEY (run_id, key)
      )`,
      sql`CREATE INDEX ON ${name('flow_units')} (run_id, stage, key) WHERE state = 'pending'`,
      sql`CREATE TABLE ${name('flow_edges')} (
        run_id bigint NOT NULL REFERENCES ${name('flow_runs')} ON DELETE CASCADE,
        parent text COLLATE "C" NOT NULL,
        child text COLLATE "C" NOT NULL,
        PRIMARY KEY (run_id, parent, child)
      )`,
      sql`CREATE TABLE ${name('flow_subjects')} (
        run_id bigint NOT NULL REFERENCES ${name('flow_runs')} ON DELETE CASCADE,
        subject text COLLATE "C" NOT NULL,
        renamed_to text COLLATE "C",
        outcome text CHECK (outcome IN ('done', 'private', 'gone', 'failed')),
        units jsonb,
        problems jsonb,
        PRIMARY KEY (run_id, subject)
      )`,
      sql`CREATE TABLE ${name('flow_quarantine')} (
        id bigint GENERATED ALWAYS AS IDENTITY,
        run_id bigint NOT NULL REFERENCES ${name('flow_runs')} ON DELETE CASCADE,
        unit text COLLATE "C" NOT NULL,
        record text NOT NULL,
        code text COLLATE "C" NOT NULL,
        message text NOT NULL,
        PRIMARY KEY (run_id, id)
      )`,
      sql`CREATE TABLE ${name('flow_remembered')} (
        run_id bigint NOT NULL REFERENCES ${name('flow_runs')} ON DELETE CASCADE,
        unit text COLLATE "C" NOT NULL,
        key text COLLATE "C" NOT NULL,
        value jsonb NOT NULL,
        PRIMARY KEY (run_id, unit, key)
      )`,
      sql`CREATE TABLE ${name('flow_marks')} (
        source_kind_id text COLLATE "C" NOT NULL,
        scope text COLLATE "C" NOT NULL,
        mark text COLLATE "C" NOT NULL,
        at timestamptz(6) NOT NULL,
        PRIMARY KEY (source_kind_id, scope, mark)
      )`,
      sql`CREATE TABLE ${name('flow_memory')} (
        source_kind_id text COLLATE "C" NOT NULL,
        scope text COLLATE "C" NOT NULL,
        key text COLLATE "C" NOT NULL,
        value jsonb NOT NULL,
        as_of timestamptz(6) NOT NULL,
        PRIMARY KEY (source_kind_id, scope, key)
      )`,
    ];
    for (const statement of statements) await statement.execute(db);
    await describeTables(db, schema, DESCRIPTIONS);
  },
};

const OUTCOMES = 'private: not to be seen with the credentials of the run; gone: suspended or deleted';

const DESCRIPTIONS = {
  events: {
    '': 'What people did: one row per event, once. A repeated load corrects a row that differs and leaves the others alone.',
    source_kind_id: 'Kind of source: launchpad.',
    id: 'Made from the ids of the source, the same in every run.',
    parent_id: 'What it happened to: bug-1, mp-505857.',
    week: 'Monday of the week in UTC.',
    employee_id: 'Who did it: the id in identities, or a keyed hash (h-…) of a name that is not there. NULL where the source does not say.',
    type: 'Type out of the event catalogue: bug.commented.',
    time_utc: 'When it happened, to the microsecond.',
    relation_properties: 'What belongs to events of this type; people stand in it by employee_id.',
    inserted_at: 'When the row came in: start of that transaction.',
    changed_at: 'When its values last changed; equals inserted_at where they never did.',
  },
  identities: {
    '': 'Who a name in a source stands for. Filled from outside; a name that is not here becomes a keyed hash.',
    source_kind_id: 'Kind of source that the name is from.',
    name: 'Name in the source.',
    employee_id: 'The same for all names of a person.',
    changed_at: 'When the row was last written.',
  },
  flow_runs: {
    '': 'Runs of flows, with their totals. Rows stay until somebody deletes them, which deletes the rows of the run in the other flow tables but no event.',
    id: 'Stands for the run in the other flow tables.',
    key: 'Workflow id and first run id.',
    source_kind_id: 'Kind of source that is read.',
    query_type: 'Type of the query: LaunchpadQuery.',
    scope: 'What marks and memory of incremental runs belong to.',
    incremental: 'Whether it reads what has changed since the last run of the scope.',
    summary: 'The query in a few words.',
    window_start: 'Events from here on.',
    window_end: 'Events before.',
    started_at: 'When the run started: the mark that it leaves.',
    attempt: 'Latest attempt; earlier ones can write nothing any more.',
    state: 'running, done, or failed: something was lost.',
    finished_at: 'When it ended; NULL while it runs.',
    inserted: 'Events that were new.',
    updated: 'Events that were there with other values.',
    unchanged: 'Events that were there as they are.',
    quarantined: 'Records that could not be transformed: see flow_quarantine.',
    types: 'Events of the run by type.',
    stages: 'Units of each stage: total, and done, well or badly.',
    subjects: 'Number of subjects by outcome; set when it ends.',
    units: 'Number of units by outcome; set when it ends.',
  },
  flow_units: {
    '': 'What a running run reads, one row per resumable chain of pages. Deleted when the run ends.',
    run_id: 'Its run.',
    key: 'Names the unit in its run: bug:1.',
    stage: 'Stage that reads it.',
    kind: 'What the source reads it by.',
    payload: 'What the source wants to know for reading it.',
    subjects: 'Subjects on whose behalf it is read.',
    mark: 'Name of the mark that it leaves when it and all that it discovered ended well.',
    since: 'That mark of the last run, as it was when the unit was added.',
    cursor: 'Where it goes on; NULL at its beginning.',
    state: `pending, done or how it ended badly; ${OUTCOMES}.`,
    version: 'Changes so far; a page is loaded only onto the version that it was read from.',
    attempts: 'How often it was put back since its last page.',
    code: 'Code of the error that ended it.',
    message: 'Text of that error.',
  },
  flow_edges: {
    '': 'Which unit discovered which. Deleted when the run ends.',
    run_id: 'Its run.',
    parent: 'Key of the unit that discovered.',
    child: 'Key of the unit that was discovered.',
  },
  flow_subjects: {
    '': 'What a run was asked about, and how reading it ended.',
    run_id: 'Its run.',
    subject: 'Name under which it was asked for.',
    renamed_to: 'Name that the source has for it now; NULL while it is the same.',
    outcome: `How it ended; ${OUTCOMES}; failed: something was lost.`,
    units: 'Units read on its behalf by outcome.',
    problems: 'The first unit of each error code: unit, outcome, code, message.',
  },
  flow_quarantine: {
    '': 'Records that could not be transformed, and why.',
    id: 'Ascending in order of loading.',
    run_id: 'Its run.',
    unit: 'Unit that the record was read by.',
    record: 'What the record is in the source.',
    code: 'Code of the error.',
    message: 'Text of the error.',
  },
  flow_remembered: {
    '': 'What a running run will add to flow_memory where its units end well. Deleted when the run ends.',
    run_id: 'Its run.',
    unit: 'Unit that remembers.',
    key: 'Resource that it remembers.',
    value: 'What the next run shall know of it.',
  },
  flow_marks: {
    '': 'From when on the next incremental run of a scope reads changes.',
    source_kind_id: 'Kind of source.',
    scope: 'Runs that read the same things share it.',
    mark: 'What was read: a listing.',
    at: 'Start of the last run that read it well, with all that it led to.',
  },
  flow_memory: {
    '': 'What incremental runs of a scope know of resources.',
    source_kind_id: 'Kind of source.',
    scope: 'Runs that read the same things share it.',
    key: 'The resource.',
    value: 'What is known of it.',
    as_of: 'Start of the run that knew it.',
  },
};
