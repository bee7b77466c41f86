import { GENERATED, escapeText, table } from './markdown.js';
import type { LoadedModule } from './workspace.js';

/** A schema as `libs/etl/src/store/schema/current-schema.ts` records it. */
export type RecordedSchema = Readonly<Record<string, RecordedTable>>;

interface RecordedTable {
  readonly description: string;
  readonly columns: Readonly<Record<string, { description: string; type: string; nullable: boolean; byDefault: string }>>;
  readonly indexes: readonly string[];
  readonly constraints: readonly string[];
}

/** In which order the tables are told, with the heading above each group; a table that is missing here comes last. */
const GROUPS: readonly (readonly [heading: string, tables: readonly string[]])[] = [
  ['Events and people', ['events', 'identities', 'identity_former_ids', 'event_people']],
  ['Runs', ['flow_runs', 'flow_subjects', 'flow_quarantine']],
  ['What a running run has still to do', ['flow_units', 'flow_edges', 'flow_remembered']],
  ['What incremental runs know', ['flow_marks', 'flow_memory']],
];

const QUERIES = [
  [
    'Who commented on bugs in each week of a year:',
    `SELECT week, employee_id, count(*) AS comments
FROM tributary.events
WHERE type = 'bug.commented' AND time_utc >= '2026-01-01' AND time_utc < '2027-01-01'
GROUP BY week, employee_id
ORDER BY week, comments DESC;`,
  ],
  [
    'All that a person did in a month, under all names; a name that is not in `identities` has a hash for its id:',
    `SELECT time_utc, type, parent_id, relation_properties
FROM tributary.events
WHERE employee_id = 'E-1001' AND time_utc >= '2026-10-01' AND time_utc < '2026-11-01'
ORDER BY time_utc, id;`,
  ],
  [
    'What the latest runs lost, and of whom:',
    `SELECT r.key, r.started_at, s.subject, s.outcome, p ->> 'unit' AS unit, p ->> 'code' AS code, p ->> 'message' AS message
FROM tributary.flow_runs r
JOIN tributary.flow_subjects s ON s.run_id = r.id
CROSS JOIN LATERAL jsonb_array_elements(s.problems) AS p
WHERE r.started_at > now() - interval '7 days' AND s.outcome <> 'done'
ORDER BY r.started_at DESC, s.subject;`,
  ],
] as const;

const TIME = 'Times are `timestamptz` with microseconds. A client that turns them into milliseconds, as JavaScript\'s `Date` does, puts an event at the edge of a window on its wrong side.';

const COUNTED = 'A run counts an event that it has inserted or updated once, also where several of its units bring it, unless another run changes the row in between. Of an event that it leaves as it is nothing is written, so one that several units bring is counted as unchanged for each transaction that holds it.';

const KEPT = `The rows of \`flow_runs\`, \`flow_subjects\` and \`flow_quarantine\` stay: they say where events came from and what was lost. Nothing but people deletes them. This removes what is older than a year, and no event:

\`\`\`sql
DELETE FROM tributary.flow_runs WHERE started_at < now() - interval '1 year' AND state <> 'running';
\`\`\`

A run whose workflow was terminated stays \`running\`, with its units. Once nobody has touched it for 31 days, a run that starts closes it as \`failed\` and deletes its units. If you know before that it will not go on, delete its row by its \`key\`.`;

const RIGHTS = `The role that migrates needs \`CREATE\` on the database, or a schema of its own. A role that only loads, with \`TRIBUTARY_EVENTS_MIGRATE=false\`, needs these rights; run them again after a migration, which may bring tables:

\`\`\`sql
GRANT USAGE ON SCHEMA tributary TO loader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA tributary TO loader;
\`\`\`

Connect to PostgreSQL itself or through a pooler in session mode: settings of the session and the lock of the migrations have to last longer than a transaction.`;

/** The schema that a module exports. @throws Error when it exports none */
export function recordedSchemaOf([module]: readonly LoadedModule[]): RecordedSchema {
  const schema = module?.exports['CURRENT_SCHEMA'] as RecordedSchema | undefined;
  if (!schema) throw new Error(`${module?.path ?? 'No module'} exports no CURRENT_SCHEMA`);
  return schema;
}

/** `docs/events-database.md`. */
export function renderEventsDatabasePage(schema: RecordedSchema): string {
  const grouped = new Set(GROUPS.flatMap(([, tables]) => tables));
  const others = Object.keys(schema).filter((name) => !grouped.has(name));
  const groups = others.length === 0 ? GROUPS : [...GROUPS, ['Others', others] as const];
  return `${[
    GENERATED,
    '# The events database',
    'Events stand in PostgreSQL 14 or newer, in one schema: `tributary`, unless `TRIBUTARY_EVENTS_SCHEMA` names another. Beside them stand the identities of people and the ledger of the runs, so that one transaction loads a page and notes that it was loaded. Workers migrate the schema when they start and check that it is as described here; you may add indexes, tables, and columns that an insert may leave out.',
    'An event is one row, whatever number of runs have read it. A run that meets it again corrects the row if a value differs and nobody has read it later; otherwise it neither writes nor locks it. `\\d+ tributary.events` in psql shows the same descriptions.',
    TIME,
    COUNTED,
    '## Queries',
    ...QUERIES.flatMap(([text, sql]) => [text, `\`\`\`sql\n${sql}\n\`\`\``]),
    '## Rights',
    RIGHTS,
    '## What stays',
    KEPT,
    ...groups.flatMap(([heading, tables]) => [`## ${heading}`, ...tables.flatMap((name) => renderTable(name, schema[name]))]),
    'kysely keeps `migrations` and `migrations_lock`: which migrations have run.',
  ].join('\n\n')}\n`;
}

function renderTable(name: string, described: RecordedTable | undefined): string[] {
  if (!described) throw new Error(`The page of the events database tells of a table ${name} that there is not`);
  const { description, columns, indexes, constraints } = described;
  const rows = Object.entries(columns).map(([column, { type, nullable, byDefault, description: text }]) => [
    `\`${column}\``,
    escapeText(`${type}${nullable ? ', NULL allowed' : ''}${byDefault === '' ? '' : byDefault === 'identity' ? ', identity' : `, default \`${byDefault}\``}`),
    escapeText(text),
  ]);
  const list = (items: readonly string[]): string => items.map((item) => `\`${item}\``).join(', ');
  return [
    `### ${name}`,
    escapeText(description),
    table(['Column', 'Type', 'What it is'], rows),
    `Constraints: ${list(constraints)}.`,
    ...(indexes.length === 0 ? [] : [`Indexes: ${list(indexes)}.`]),
  ];
}
