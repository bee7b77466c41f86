import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { EVENT_CATALOGUE, eventSchema, toEvents, type EventType, type LaunchpadRecord } from './index.js';

const testdata = (name: string): string => join(__dirname, 'testdata', name);
const records = JSON.parse(readFileSync(testdata('records.json'), 'utf8')) as LaunchpadRecord[];
const results = records.map((record) => ({ record: record.kind, events: toEvents(record) }));
const all = results.flatMap(({ events }) => events);
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(eventSchema());

/** A draft as it stands in the table, with the names where the employee ids come to stand. */
const stored = ({ id, parentId, type, actor, properties, people }: EventDraft): unknown => ({
  id,
  parent_id: parentId,
  week: '2026-03-02',
  employee_id: actor,
  type,
  time_utc: '2026-03-02T08:00:00.000000Z',
  source_kind_id: 'launchpad',
  relation_properties: { ...properties, ...people },
});

describe('events of recorded records', () => {
  // Run with UPDATE_GOLDEN=1 to take the output over, then review the diff.
  it('are those that are committed', () => {
    const file = testdata('events.json');
    if (process.env['UPDATE_GOLDEN']) writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
    expect(results).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('are of every type in the catalogue', () => {
    expect([...new Set(all.map(({ type }) => type))].sort()).toEqual(Object.keys(EVENT_CATALOGUE).sort());
  });

  it.each(Object.keys(EVENT_CATALOGUE) as EventType[])('of type %s are valid by the schema, and it bites', (type) => {
    for (const event of all.filter((candidate) => candidate.type === type)) {
      expect({ id: event.id, errors: validate(stored(event)) ? [] : validate.errors }).toEqual({ id: event.id, errors: [] });
      const { properties } = event;
      expect(validate(stored({ ...event, properties: { ...properties, surprise: 1 } }))).toBe(false);
      for (const name of EVENT_CATALOGUE[type].required) {
        expect(validate(stored({ ...event, properties: { ...properties, [name]: undefined } }))).toBe(properties[name] === undefined);
      }
    }
  });
});
