import type { ColumnType, Generated } from 'kysely';
import type { Json } from '../../source.js';

/** Written and read as JSON text and value. */
type Jsonb<T = unknown> = ColumnType<T, string, string>;
type JsonbWithDefault<T> = ColumnType<T, string | undefined, string>;
type NullableJsonb<T> = ColumnType<T | null, string | null | undefined, string | null>;
/** RFC 3339 in UTC, six digits of fraction. */
type Time = string;

export interface EventsTable {
  source_kind_id: string;
  id: string;
  parent_id: string;
  week: string;
  employee_id: string | null;
  type: string;
  time_utc: Time;
  relation_properties: Jsonb<Readonly<Record<string, unknown>>>;
  inserted_at: Generated<Time>;
  changed_at: Generated<Time>;
  run_id: number | null;
  read_at: Time | null;
}

export interface IdentitiesTable {
  source_kind_id: string;
  name: string;
  employee_id: string;
  changed_at: Generated<Time>;
}

export interface IdentityFormerIdsTable {
  source_kind_id: string;
  former_id: string;
  name: string;
}

export interface EventPeopleTable {
  source_kind_id: string;
  type: string;
  property: string;
}

export type UnitState = 'pending' | 'done' | 'private' | 'gone' | 'failed';

export interface FlowRunsTable {
  id: Generated<number>;
  key: string;
  source_kind_id: string;
  query_type: string;
  scope: string;
  incremental: boolean;
  summary: Jsonb;
  window_start: Time;
  window_end: Time;
  started_at: Time;
  attempt: number;
  state: Generated<'running' | 'done' | 'failed'>;
  finished_at: Time | null;
  inserted: Generated<number>;
  updated: Generated<number>;
  unchanged: Generated<number>;
  records: Generated<number>;
  quarantined: Generated<number>;
  types: JsonbWithDefault<Readonly<Record<string, number>>>;
  stages: JsonbWithDefault<Readonly<Record<string, { done: number; total: number }>>>;
  subjects: NullableJsonb<Readonly<Record<string, number>>>;
  units: NullableJsonb<Readonly<Record<string, number>>>;
  touched_at: Generated<Time>;
}

export interface FlowUnitsTable {
  run_id: number;
  key: string;
  stage: string;
  kind: string;
  payload: Jsonb<Readonly<Record<string, Json>>>;
  subjects: readonly string[];
  mark: string | null;
  since: Time | null;
  cursor: NullableJsonb<Json>;
  state: Generated<UnitState>;
  version: Generated<number>;
  attempts: Generated<number>;
  code: string | null;
  message: string | null;
}

export interface FlowEdgesTable {
  run_id: number;
  parent: string;
  child: string;
}

export interface FlowSubjectsTable {
  run_id: number;
  subject: string;
  renamed_to: string | null;
  outcome: 'done' | 'private' | 'gone' | 'failed' | null;
  units: NullableJsonb<Readonly<Record<string, number>>>;
  problems: NullableJsonb<readonly { unit: string; outcome: 'private' | 'gone' | 'failed'; code: string; message: string }[]>;
}

export interface FlowQuarantineTable {
  id: Generated<number>;
  run_id: number;
  unit: string;
  record: string;
  code: string;
  message: string;
}

export interface FlowRememberedTable {
  run_id: number;
  unit: string;
  key: string;
  value: Jsonb<Json>;
}

export interface FlowMarksTable {
  source_kind_id: string;
  scope: string;
  mark: string;
  at: Time;
}

export interface FlowMemoryTable {
  source_kind_id: string;
  scope: string;
  key: string;
  value: Jsonb<Json>;
  as_of: Time;
}

/** Tables of the events database. */
export interface Tables {
  events: EventsTable;
  identities: IdentitiesTable;
  identity_former_ids: IdentityFormerIdsTable;
  event_people: EventPeopleTable;
  flow_runs: FlowRunsTable;
  flow_units: FlowUnitsTable;
  flow_edges: FlowEdgesTable;
  flow_subjects: FlowSubjectsTable;
  flow_quarantine: FlowQuarantineTable;
  flow_remembered: FlowRememberedTable;
  flow_marks: FlowMarksTable;
  flow_memory: FlowMemoryTable;
}
