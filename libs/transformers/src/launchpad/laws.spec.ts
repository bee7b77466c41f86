import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import fc from 'fast-check';
import { activityKey, toEvents, type BugActivityFields, type LaunchpadRecord } from './index.js';

const records = JSON.parse(readFileSync(join(__dirname, 'testdata/records.json'), 'utf8')) as LaunchpadRecord[];
const eventsOf = (some: readonly LaunchpadRecord[]): EventDraft[] => some.flatMap((record) => [...toEvents(record)]);

const PEOPLE = ['alice', 'bob', 'zoe', 'carol', 'dave', 'erin', 'mark', 'ada', 'unal-oz+1', 'janitor', 'shop-bot', 'shop-reviewers'];
const DISPLAY_NAMES = ['Bob B. (the builder)', 'Ünal Öz (ünal)', 'Ada (Countess)'];
const name = fc.stringMatching(/^[a-z0-9][a-z0-9+.-]{4,20}$/).map((text) => `${text}q9`);
const names = fc.uniqueArray(name, { minLength: PEOPLE.length, maxLength: PEOPLE.length });
const displayNames = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 3, maxLength: 3 });

/** The same records by other people. */
function renamed(newNames: readonly string[], newDisplayNames: readonly string[]): LaunchpadRecord[] {
  let text = JSON.stringify(records);
  PEOPLE.forEach((old, index) => {
    const fresh = newNames[index] ?? '';
    const escaped = old.replace('+', '\\+');
    text = text
      .replace(new RegExp(`~${escaped}(?=["/])`, 'g'), `~${fresh}`)
      .replaceAll(`(${old})`, `(${fresh})`)
      .replaceAll(`[${old}]`, `[${fresh}]`)
      .replaceAll(`"name":"${old}"`, `"name":"${fresh}"`)
      .replaceAll(`"newvalue":"${old}"`, `"newvalue":"${fresh}"`);
  });
  DISPLAY_NAMES.forEach((old, index) => (text = text.replaceAll(old, () => JSON.stringify(newDisplayNames[index]).slice(1, -1))));
  return JSON.parse(text) as LaunchpadRecord[];
}

it('change in nothing but actor and people when people bear other names', () => {
  const before = eventsOf(records);
  fc.assert(
    fc.property(names, displayNames, (newNames, newDisplayNames) => {
      const fresh = (old: string | null): string | null => (old === null ? null : (newNames[PEOPLE.indexOf(old)] ?? old));
      const expected = before.map((event) => ({
        ...event,
        actor: fresh(event.actor),
        ...(event.people && {
          people: Object.fromEntries(Object.entries(event.people).map(([role, person]) => [role, fresh(person as string | null)])),
        }),
      }));
      expect(eventsOf(renamed(newNames, newDisplayNames))).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

it('hold no name of a person outside actor and people', () => {
  const [first = ''] = fc.sample(name, 1);
  const newNames = PEOPLE.map((_, index) => `${first}${index}`);
  const events = eventsOf(renamed(newNames, ['Xaver X', 'Xaver X', 'Xaver X']));
  expect(events.filter(({ actor }) => actor?.startsWith(first)).length).toBeGreaterThan(50);
  for (const { actor: _actor, people: _people, ...rest } of events) {
    expect(JSON.stringify(rest)).not.toContain(first);
    expect(JSON.stringify(rest)).not.toContain('Xaver');
    expect(JSON.stringify(rest)).not.toContain('/~');
  }
});

it('have ids that do not depend on order or repetition, and one event for each', () => {
  const byId = (events: readonly EventDraft[]): Record<string, EventDraft> => Object.fromEntries(events.map((event) => [event.id, event]));
  const once = byId(eventsOf(records));
  for (const event of eventsOf(records)) expect(event).toEqual(once[event.id]);
  fc.assert(
    fc.property(fc.shuffledSubarray([...records, ...records], { minLength: records.length * 2 }), (some) => {
      expect(byId(eventsOf(some))).toEqual(once);
    }),
    { numRuns: 20 },
  );
});

it('have the times of Launchpad, character for character', () => {
  for (const record of records) {
    const text = JSON.stringify(record);
    for (const { time } of toEvents(record)) expect(text).toContain(`"${time}"`);
  }
});

const CANARY = 'canary-body';
const BODIES = ['content', 'description', 'commit_message', 'text', 'summary', 'message', 'workitems_text'];

const TEXT_CHANGES = /^(description|frobnicated|lock reason)$|explanation$/;

/** Every text that people wrote as a body. */
function withCanary(record: LaunchpadRecord): LaunchpadRecord {
  if (record.kind === 'bug_activity' && TEXT_CHANGES.test(record.activity.whatchanged ?? '')) {
    return { ...record, activity: { ...record.activity, oldvalue: CANARY, newvalue: `${CANARY}s`, message: CANARY } };
  }
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, typeof inner === 'string' && BODIES.includes(key) ? CANARY : put(inner)] as const);
    return Object.fromEntries(entries);
  };
  return put(record) as LaunchpadRecord;
}

it('hold bodies only when they are wanted', () => {
  const of = (bodies: boolean): string[] =>
    records.map((record) => JSON.stringify(toEvents({ ...withCanary(record), bodies } as LaunchpadRecord))).filter((text) => text.includes(CANARY));
  expect(of(false)).toEqual([]);
  expect(of(true).length).toBeGreaterThan(30);
});

describe('rows of a bug’s activity', () => {
  const value = fc.option(fc.string({ unit: 'binary', maxLength: 20 }));
  const row: fc.Arbitrary<BugActivityFields> = fc.record({
    datechanged: fc.constantFrom('2026-03-01T00:00:00+00:00', '2026-03-01T00:00:00.000001+00:00'),
    whatchanged: fc.oneof(fc.constantFrom('shop: status', 'shop: assignee', 'tags', 'description'), fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })),
    oldvalue: value,
    newvalue: value,
    person_link: fc.constant('https://api.launchpad.net/devel/~alice'),
  });

  it('never get lost nor share an id, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const seen = new Map<string, number>();
        const events = rows.map((activity) => {
          const key = activityKey(activity);
          const ordinal = seen.get(key) ?? 0;
          seen.set(key, ordinal + 1);
          return toEvents({ kind: 'bug_activity', bodies: false, bug: 1, ordinal, activity });
        });
        expect(events.every((some) => some.length > 0)).toBe(true);
        const ids = events.flat().map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
