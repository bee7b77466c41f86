import { toEvents, type EventDefinition, type EventType, type LaunchpadRecord } from '@tributary/transformers/launchpad';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { GENERATED, escapeText, table } from './markdown.js';

const INTRODUCTION = `An event is one thing that somebody did, once: a row of the events table. What follows lists every type of event that is made of Launchpad's records. The [JSON Schema](../libs/transformers/schemas/event.schema.json) describes the rows.

| Field | What |
| --- | --- |
| \`id\` | Made of Launchpad's own ids, the same in every run |
| \`parent_id\` | What it happened to: \`bug-1\`, \`mp-505857\` |
| \`type\` | One of the types below |
| \`time_utc\` | When, to the microsecond |
| \`week\` | Monday of the week in UTC |
| \`employee_id\` | Who did it; null where Launchpad does not say |
| \`source_kind_id\` | \`launchpad\` |
| \`relation_properties\` | What belongs to an event of the type |

## Rules for all types

**Who.** \`employee_id\` is who did it, by the field of Launchpad that the type names, and never who it was done to. Those stand in properties of their own, also by employee id; in the tables below that is *a person*. A person whom the directory of employees does not know has a keyed hash instead. A team or a bot that did something stays a team or a bot.

**Names.** Launchpad's name of a person stands nowhere else: not in an id, and not in a path, which begins behind its owner. Titles, tags and names of branches are kept as people wrote them, and so is the name of a team that somebody joins.

**Bodies.** Of comments, descriptions and other texts the size is kept, in bytes of UTF-8. The text itself is kept when the run asks for bodies (\`include_bodies\`). Of a message that was deleted or hidden there is neither.

**What is missing.** A property is null where Launchpad says null, and absent where Launchpad does not let the run's credentials read it. Values that this version does not know are kept as they are.

**As it is now.** Launchpad keeps the history of a bug, and of most other things only the present state. Properties that say *as it is now* are corrected by a later run.

**Rows of a bug's activity** have no id in Launchpad. \`{hash}\` is the beginning of a SHA-256 of the time, the kind of change and the values, without people; of equal rows of a bug the second has \`-1\` behind it, and so on. Times in ids are written \`20260301T093000000001\`.

**Changes that only a task's date tells.** A date of a task, such as \`date_fix_released\`, gives an event by nobody when no row of the bug's activity accounts for it: no change of status of that task, under its present or an earlier target, lies within 60 seconds of the date and passes the status in question. Of dates that were set at the same moment the furthest status counts.

**Records that contradict themselves**, such as a comment whose own link names another bug, give no event; they are quarantined as [LAUNCHPAD_RECORD_INVALID](errors.md#launchpad_record_invalid), and the run is not green.`;

const FAMILIES: Readonly<Record<string, string>> = {
  bug: 'Bugs',
  mp: 'Merge proposals',
  question: 'Questions',
  blueprint: 'Blueprints',
  package: 'Package uploads',
  team: 'Team memberships',
};

/** `docs/events.md`. The examples are the first events of each type that the records give. */
export function renderEventsPage(catalogue: Readonly<Record<EventType, EventDefinition>>, records: readonly LaunchpadRecord[]): string {
  const examples = records.flatMap((record) => [...toEvents(record)]);
  const employees = new Map<string, string>();
  const types = Object.entries(catalogue).map(([type, definition]) => ({ type, definition, family: type.replace(/\..*/, '') }));
  const contents = Object.entries(FAMILIES).map(([family, title]) => {
    const links = types.filter((entry) => entry.family === family).map(({ type }) => `[${type}](#${anchor(type)})`);
    return `- [${title}](#${anchor(title.replaceAll(' ', '-'))}): ${links.join(', ')}`;
  });
  const sections = Object.entries(FAMILIES).flatMap(([family, title]) => [
    `## ${title}`,
    ...types.filter((entry) => entry.family === family).map(({ type, definition }) => {
      const example = examples.find((event) => event.type === type);
      if (example === undefined) throw new Error(`No record gives an event of type ${type}`);
      return section(type, definition, exampleEvent(example, employees));
    }),
  ]);
  return `${[GENERATED, '# Events', INTRODUCTION, '## Types', contents.join('\n'), ...sections].join('\n\n')}\n`;
}

function section(type: string, { when, actor, time, id, parent, properties, required, people }: EventDefinition, example: unknown): string {
  const rows = Object.entries(properties).map(([name, schema]) => [
    `\`${name}\``,
    kindOf(schema),
    required.includes(name) ? 'always' : '',
    escapeText(schema.description),
  ]);
  const persons = Object.entries(people).map(([name, what]) => [`\`${name}\``, 'a person', 'always', escapeText(what)]);
  return [
    `### ${type}`,
    `${escapeText(when)}.`,
    [`- Who: ${escapeText(actor)}`, `- When: ${escapeText(time)}`, `- Id: \`${id.replaceAll(', or ', '`, or `')}\``, `- Parent: \`${parent}\``].join('\n'),
    table(['Property', 'Type', 'Present', 'What'], [...rows, ...persons]),
    `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``,
  ].join('\n\n');
}

function kindOf(schema: Readonly<Record<string, unknown>>): string {
  const { type, enum: terms } = schema;
  if (Array.isArray(terms)) return terms.map((term) => (term === null ? 'null' : `\`${term}\``)).join(', ');
  return Array.isArray(type) ? type.join(' or ') : String(type);
}

/** The event as the table has it, with made-up employees. */
function exampleEvent({ id, parentId, type, time, actor, properties, people = {} }: EventDraft, employees: Map<string, string>): unknown {
  const employee = (name: unknown): string | null => {
    if (typeof name !== 'string') return null;
    const known = employees.get(name) ?? `E-${1001 + employees.size}`;
    employees.set(name, known);
    return known;
  };
  const [, seconds = '', fraction = ''] = /^(.{19})(?:\.(\d+))?/.exec(time) ?? [];
  const monday = new Date(`${seconds}Z`);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
  return {
    id,
    parent_id: parentId,
    week: monday.toISOString().slice(0, 10),
    employee_id: employee(actor),
    type,
    time_utc: `${seconds}.${fraction.padEnd(6, '0')}Z`,
    source_kind_id: 'launchpad',
    relation_properties: { ...properties, ...Object.fromEntries(Object.entries(people).map(([role, name]) => [role, employee(name)])) },
  };
}

/** Anchor that a heading gets. */
function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll('.', '');
}
