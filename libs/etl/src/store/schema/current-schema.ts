// Recorded from the migrations: do not edit. Write it anew with libs/etl/src/e2e/record-schema.ts.
import type { SchemaDescription } from './describe-schema.js';

/** The schema as the migrations make it. */
export const CURRENT_SCHEMA: SchemaDescription = {
  event_people: {
    description: "Which properties of events hold people.",
    columns: {
      source_kind_id: {"description":"Kind of source.","type":"text COLLATE C","nullable":false,"byDefault":""},
      type: {"description":"Type of event.","type":"text COLLATE C","nullable":false,"byDefault":""},
      property: {"description":"Name in relation_properties whose value is an employee_id, or a list of them.","type":"text COLLATE C","nullable":false,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (source_kind_id, type, property)",
    ],
    constraints: [
      "PRIMARY KEY (source_kind_id, type, property)",
    ],
  },
  events: {
    description: "What people did: one row per event, once. A repeated load corrects a row that differs and leaves the others alone.",
    columns: {
      source_kind_id: {"description":"Kind of source: launchpad.","type":"text COLLATE C","nullable":false,"byDefault":""},
      id: {"description":"Made from the ids of the source, the same in every run.","type":"text COLLATE C","nullable":false,"byDefault":""},
      parent_id: {"description":"What it happened to: bug-1, mp-505857.","type":"text COLLATE C","nullable":false,"byDefault":""},
      week: {"description":"Monday of the week in UTC.","type":"date","nullable":false,"byDefault":""},
      employee_id: {"description":"Who did it: the id in identities, or a keyed hash (h-…) of a name that is not there. NULL where the source does not say.","type":"text COLLATE C","nullable":true,"byDefault":""},
      type: {"description":"Type out of the event catalogue: bug.commented.","type":"text COLLATE C","nullable":false,"byDefault":""},
      time_utc: {"description":"When it happened, to the microsecond.","type":"timestamp(6) with time zone","nullable":false,"byDefault":""},
      relation_properties: {"description":"What belongs to events of this type; people stand in it by employee_id.","type":"jsonb","nullable":false,"byDefault":""},
      inserted_at: {"description":"When the row came in: start of that transaction.","type":"timestamp(6) with time zone","nullable":false,"byDefault":"now()"},
      changed_at: {"description":"When its values last changed; equals inserted_at where they never did.","type":"timestamp(6) with time zone","nullable":false,"byDefault":"now()"},
      run_id: {"description":"Run that brought these values: id in flow_runs, as long as that row stays. NULL: a version that did not note it.","type":"bigint","nullable":true,"byDefault":""},
      read_at: {"description":"When they were read: what was read earlier does not overwrite them. NULL: a version that did not note it.","type":"timestamp(6) with time zone","nullable":true,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (source_kind_id, id)",
      "btree (employee_id, time_utc)",
      "btree (parent_id)",
      "btree (time_utc)",
      "btree (type, time_utc)",
      "btree (week)",
    ],
    constraints: [
      "CHECK ((jsonb_typeof(relation_properties) = 'object'::text))",
      "CHECK ((week = (date_trunc('week'::text, (time_utc AT TIME ZONE 'UTC'::text)))::date))",
      "PRIMARY KEY (source_kind_id, id)",
    ],
  },
  flow_edges: {
    description: "Which unit discovered which. Deleted when the run ends.",
    columns: {
      run_id: {"description":"Its run.","type":"bigint","nullable":false,"byDefault":""},
      parent: {"description":"Key of the unit that discovered.","type":"text COLLATE C","nullable":false,"byDefault":""},
      child: {"description":"Key of the unit that was discovered.","type":"text COLLATE C","nullable":false,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (run_id, parent, child)",
    ],
    constraints: [
      "FOREIGN KEY (run_id) REFERENCES flow_runs(id) ON DELETE CASCADE",
      "PRIMARY KEY (run_id, parent, child)",
    ],
  },
  flow_marks: {
    description: "From when on the next incremental run of a scope reads changes.",
    columns: {
      source_kind_id: {"description":"Kind of source.","type":"text COLLATE C","nullable":false,"byDefault":""},
      scope: {"description":"Runs that read the same things share it.","type":"text COLLATE C","nullable":false,"byDefault":""},
      mark: {"description":"What was read: a listing.","type":"text COLLATE C","nullable":false,"byDefault":""},
      at: {"description":"Start of the last run that read it well, with all that it led to.","type":"timestamp(6) with time zone","nullable":false,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (source_kind_id, scope, mark)",
    ],
    constraints: [
      "PRIMARY KEY (source_kind_id, scope, mark)",
    ],
  },
  flow_memory: {
    description: "What incremental runs of a scope know of resources.",
    columns: {
      source_kind_id: {"description":"Kind of source.","type":"text COLLATE C","nullable":false,"byDefault":""},
      scope: {"description":"Runs that read the same things share it.","type":"text COLLATE C","nullable":false,"byDefault":""},
      key: {"description":"The resource.","type":"text COLLATE C","nullable":false,"byDefault":""},
      value: {"description":"What is known of it.","type":"jsonb","nullable":false,"byDefault":""},
      as_of: {"description":"Start of the run that knew it.","type":"timestamp(6) with time zone","nullable":false,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (source_kind_id, scope, key)",
    ],
    constraints: [
      "PRIMARY KEY (source_kind_id, scope, key)",
    ],
  },
  flow_quarantine: {
    description: "Records that could not be transformed, and why.",
    columns: {
      id: {"description":"Ascending in order of loading.","type":"bigint","nullable":false,"byDefault":"identity"},
      run_id: {"description":"Its run.","type":"bigint","nullable":false,"byDefault":""},
      unit: {"description":"Unit that the record was read by.","type":"text COLLATE C","nullable":false,"byDefault":""},
      record: {"description":"What the record is in the source.","type":"text","nullable":false,"byDefault":""},
      code: {"description":"Code of the error.","type":"text COLLATE C","nullable":false,"byDefault":""},
      message: {"description":"Text of the error.","type":"text","nullable":false,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (run_id, id)",
    ],
    constraints: [
      "FOREIGN KEY (run_id) REFERENCES flow_runs(id) ON DELETE CASCADE",
      "PRIMARY KEY (run_id, id)",
    ],
  },
  flow_remembered: {
    description: "What a running run will add to flow_memory where its units end well. Deleted when the run ends.",
    columns: {
      run_id: {"description":"Its run.","type":"bigint","nullable":false,"byDefault":""},
      unit: {"description":"Unit that remembers.","type":"text COLLATE C","nullable":false,"byDefault":""},
      key: {"description":"Resource that it remembers.","type":"text COLLATE C","nullable":false,"byDefault":""},
      value: {"description":"What the next run shall know of it.","type":"jsonb","nullable":false,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (run_id, unit, key)",
    ],
    constraints: [
      "FOREIGN KEY (run_id) REFERENCES flow_runs(id) ON DELETE CASCADE",
      "PRIMARY KEY (run_id, unit, key)",
    ],
  },
  flow_runs: {
    description: "Runs of flows, with their totals. Rows stay until somebody deletes them, which deletes the rows of the run in the other flow tables but no event.",
    columns: {
      id: {"description":"Stands for the run in the other flow tables.","type":"bigint","nullable":false,"byDefault":"identity"},
      key: {"description":"Workflow id and first run id.","type":"text COLLATE C","nullable":false,"byDefault":""},
      source_kind_id: {"description":"Kind of source that is read.","type":"text COLLATE C","nullable":false,"byDefault":""},
      query_type: {"description":"Type of the query: LaunchpadQuery.","type":"text","nullable":false,"byDefault":""},
      scope: {"description":"What marks and memory of incremental runs belong to.","type":"text COLLATE C","nullable":false,"byDefault":""},
      incremental: {"description":"Whether it reads what has changed since the last run of the scope.","type":"boolean","nullable":false,"byDefault":""},
      summary: {"description":"The query in a few words.","type":"jsonb","nullable":false,"byDefault":""},
      window_start: {"description":"Events from here on.","type":"timestamp(6) with time zone","nullable":false,"byDefault":""},
      window_end: {"description":"Events before.","type":"timestamp(6) with time zone","nullable":false,"byDefault":""},
      started_at: {"description":"When the run started: the mark that it leaves.","type":"timestamp(6) with time zone","nullable":false,"byDefault":""},
      attempt: {"description":"Latest attempt; earlier ones can write nothing any more.","type":"integer","nullable":false,"byDefault":""},
      state: {"description":"running, done, or failed: something was lost.","type":"text","nullable":false,"byDefault":"'running'::text"},
      finished_at: {"description":"When it ended; NULL while it runs.","type":"timestamp(6) with time zone","nullable":true,"byDefault":""},
      inserted: {"description":"Events that were new. An event that several units of the run bring is counted here or as updated once.","type":"bigint","nullable":false,"byDefault":"0"},
      updated: {"description":"Events that were there with other values.","type":"bigint","nullable":false,"byDefault":"0"},
      unchanged: {"description":"Events that were there as they are, or with values that were read later. One that several units bring is counted for each commit that holds it.","type":"bigint","nullable":false,"byDefault":"0"},
      quarantined: {"description":"Those of them that could not be transformed: see flow_quarantine.","type":"bigint","nullable":false,"byDefault":"0"},
      types: {"description":"Events of the run by type: the sum of the three counts.","type":"jsonb","nullable":false,"byDefault":"'{}'::jsonb"},
      stages: {"description":"Units of each stage: total, and done, well or badly.","type":"jsonb","nullable":false,"byDefault":"'{}'::jsonb"},
      subjects: {"description":"Number of subjects by outcome; set when it ends.","type":"jsonb","nullable":true,"byDefault":""},
      units: {"description":"Number of units by outcome; set when it ends.","type":"jsonb","nullable":true,"byDefault":""},
      records: {"description":"Records that were read.","type":"bigint","nullable":false,"byDefault":"0"},
      touched_at: {"description":"When an attempt last opened the run or loaded something. A run that is left alone for 31 days is closed as failed.","type":"timestamp(6) with time zone","nullable":false,"byDefault":"now()"},
    },
    indexes: [
      "UNIQUE btree (id)",
      "UNIQUE btree (key)",
      "btree (started_at)",
      "btree (touched_at) WHERE (state = 'running'::text)",
    ],
    constraints: [
      "CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))",
      "PRIMARY KEY (id)",
      "UNIQUE (key)",
    ],
  },
  flow_subjects: {
    description: "What a run was asked about, and how reading it ended.",
    columns: {
      run_id: {"description":"Its run.","type":"bigint","nullable":false,"byDefault":""},
      subject: {"description":"Name under which it was asked for.","type":"text COLLATE C","nullable":false,"byDefault":""},
      renamed_to: {"description":"Name that the source has for it now; NULL while it is the same.","type":"text COLLATE C","nullable":true,"byDefault":""},
      outcome: {"description":"How it ended; private: not to be seen with the credentials of the run; gone: suspended or deleted; failed: something was lost.","type":"text","nullable":true,"byDefault":""},
      units: {"description":"Units read on its behalf by outcome.","type":"jsonb","nullable":true,"byDefault":""},
      problems: {"description":"The first unit of each error code: unit, outcome, code, message.","type":"jsonb","nullable":true,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (run_id, subject)",
    ],
    constraints: [
      "CHECK ((outcome = ANY (ARRAY['done'::text, 'private'::text, 'gone'::text, 'failed'::text])))",
      "FOREIGN KEY (run_id) REFERENCES flow_runs(id) ON DELETE CASCADE",
      "PRIMARY KEY (run_id, subject)",
    ],
  },
  flow_units: {
    description: "What a running run reads, one row per resumable chain of pages. Deleted when the run ends.",
    columns: {
      run_id: {"description":"Its run.","type":"bigint","nullable":false,"byDefault":""},
      key: {"description":"Names the unit in its run: bug:1.","type":"text COLLATE C","nullable":false,"byDefault":""},
      stage: {"description":"Stage that reads it.","type":"text COLLATE C","nullable":false,"byDefault":""},
      kind: {"description":"What the source reads it by.","type":"text","nullable":false,"byDefault":""},
      payload: {"description":"What the source wants to know for reading it.","type":"jsonb","nullable":false,"byDefault":""},
      subjects: {"description":"Subjects on whose behalf it is read.","type":"text[] COLLATE C","nullable":false,"byDefault":""},
      mark: {"description":"Name of the mark that it leaves when it and all that it discovered ended well.","type":"text COLLATE C","nullable":true,"byDefault":""},
      since: {"description":"That mark of the last run, as it was when the unit was added.","type":"timestamp(6) with time zone","nullable":true,"byDefault":""},
      cursor: {"description":"Where it goes on; NULL at its beginning.","type":"jsonb","nullable":true,"byDefault":""},
      state: {"description":"pending, done or how it ended badly; private: not to be seen with the credentials of the run; gone: suspended or deleted.","type":"text","nullable":false,"byDefault":"'pending'::text"},
      version: {"description":"Changes so far; a page is loaded only onto the version that it was read from.","type":"integer","nullable":false,"byDefault":"0"},
      attempts: {"description":"How often it was put back since its last page.","type":"integer","nullable":false,"byDefault":"0"},
      code: {"description":"Code of the error that ended it.","type":"text COLLATE C","nullable":true,"byDefault":""},
      message: {"description":"Text of that error.","type":"text","nullable":true,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (run_id, key)",
      "btree (run_id, stage, key) WHERE (state = 'pending'::text)",
    ],
    constraints: [
      "CHECK ((state = ANY (ARRAY['pending'::text, 'done'::text, 'private'::text, 'gone'::text, 'failed'::text])))",
      "FOREIGN KEY (run_id) REFERENCES flow_runs(id) ON DELETE CASCADE",
      "PRIMARY KEY (run_id, key)",
    ],
  },
  identities: {
    description: "Who a name in a source stands for. Filled from outside; a name that is not here becomes a keyed hash.",
    columns: {
      source_kind_id: {"description":"Kind of source that the name is from.","type":"text COLLATE C","nullable":false,"byDefault":""},
      name: {"description":"Name in the source.","type":"text COLLATE C","nullable":false,"byDefault":""},
      employee_id: {"description":"The same for all names of a person.","type":"text COLLATE C","nullable":false,"byDefault":""},
      changed_at: {"description":"When the row was last written.","type":"timestamp(6) with time zone","nullable":false,"byDefault":"now()"},
    },
    indexes: [
      "UNIQUE btree (source_kind_id, name)",
      "btree (employee_id)",
    ],
    constraints: [
      "PRIMARY KEY (source_kind_id, name)",
    ],
  },
  identity_former_ids: {
    description: "Ids under which events of a name in identities may stand: its keyed hash, and what identities had for it before.",
    columns: {
      source_kind_id: {"description":"Kind of source that the name is from.","type":"text COLLATE C","nullable":false,"byDefault":""},
      former_id: {"description":"Id that stood for the name.","type":"text COLLATE C","nullable":false,"byDefault":""},
      name: {"description":"Name in the source; its row goes with that in identities.","type":"text COLLATE C","nullable":false,"byDefault":""},
    },
    indexes: [
      "UNIQUE btree (source_kind_id, former_id, name)",
      "btree (source_kind_id, name)",
    ],
    constraints: [
      "FOREIGN KEY (source_kind_id, name) REFERENCES identities(source_kind_id, name) ON DELETE CASCADE",
      "PRIMARY KEY (source_kind_id, former_id, name)",
    ],
  },
};
