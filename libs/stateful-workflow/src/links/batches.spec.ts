import { PAYLOAD_LIMIT_BYTES, payloadBytes } from '@tributary/common';
import { dataset, middle, update } from '../e2e/driver.js';
import { sourceWorkflow } from '../e2e/catalog.js';
import type { Effect, LinkMessage } from '../core.js';
import type { Change } from '../index.js';

const OWNER = 'Organization/o';
/** Text of three bytes a character. */
const large = (bytes: number): string => '€'.repeat(bytes / 3);
const columns = (count: number, bytes: number): Change[] =>
  Array.from({ length: count }, (_, index): Change => ({
    op: 'put',
    type: 'Column',
    entity: { id: `c${index}`, name: large(bytes) },
  }));
const idsOf = (messages: readonly LinkMessage[]): string[] =>
  messages.flatMap(({ patches }) => patches.map(({ id }) => id));
const sizes = (messages: readonly object[]): number[] => messages.map((message) => payloadBytes(message));
const sends = (effects: readonly Effect[]) => effects.flatMap((effect) => (effect.kind === 'send' ? [effect] : []));

test('what is large is cut into deliveries that fit into a payload, and all of it is told', () => {
  const core = middle();
  core.change(...columns(30, 30_000));
  const messages: LinkMessage[] = [];
  for (let round = 0; round < 5; round += 1) messages.push(...(core.deliver()[OWNER] ?? []));
  expect(idsOf(messages)).toHaveLength(30);
  expect(new Set(idsOf(messages)).size).toBe(30);
  expect(messages).toHaveLength(6);
  expect(Math.max(...sizes(messages))).toBeLessThan(PAYLOAD_LIMIT_BYTES);
});

test('an entity that is larger than a delivery is told in parts', () => {
  const core = middle();
  const ids = Array.from({ length: 4000 }, (_, index) => `d${index}-${'x'.repeat(60)}`);
  core.change({ op: 'relate', type: 'Source', id: 's1', relation: 'datasets', add: ids });
  const messages: LinkMessage[] = [];
  for (let round = 0; round < 5; round += 1) messages.push(...(core.deliver()[OWNER] ?? []));
  const added = messages.flatMap(({ patches }) => patches.flatMap(({ rel }) => rel?.['datasets']?.add ?? []));
  expect(added.sort()).toEqual([...ids].sort());
  expect(messages.length).toBeGreaterThan(1);
  expect(Math.max(...sizes(messages))).toBeLessThan(PAYLOAD_LIMIT_BYTES);
});

test.each(['transport', 'receiver'] as const)(
  'a field that fits into no delivery is said once, and keeps nothing else back: confirmed by %s',
  (confirm) => {
    const core = middle({}, { ...sourceWorkflow, confirm });
    const tags = Array.from({ length: 9 }, () => large(30_000));
    core.change(update('Source', 's1', { note: 'small', tags }));
    const messages = core.deliver()[OWNER] ?? [];
    expect(JSON.stringify(messages)).toContain('small');
    expect(Math.max(...sizes(messages))).toBeLessThan(1000);
    expect(core.health.deadLetters).toMatchObject([
      { kind: 'delivery', code: 'PAYLOAD_TOO_LARGE', problem: expect.stringContaining('f:tags of Source/s1 takes 270') as string },
    ]);
    core.send({ kind: 'ack', direction: 'up', from: OWNER, epoch: messages[0]?.epoch ?? 0, seq: messages.at(-1)?.seq ?? 0 });
    core.now += 10_000_000;
    expect(core.deliver()[OWNER]).toBeUndefined();
    expect(core.health).toMatchObject({ linksBehind: 0, counters: { aside: 1 } });
    core.change(update('Source', 's1', { tags: ['short'] }));
    expect(JSON.stringify(core.deliver()[OWNER])).toContain('short');
  },
);

test('a delivery that grew until it is repeated is cut again', () => {
  const core = middle();
  core.change(...columns(20, 3));
  const [first] = sends(core.cycle()).flatMap(({ deliveries }) => deliveries);
  core.change(...columns(20, 30_000));
  core.send({ kind: 'sent', direction: 'up', delivered: [], failed: first?.targets ?? [] });
  core.now += 10_000_000;
  const messages: LinkMessage[] = [];
  for (let round = 0; round < 5; round += 1) messages.push(...(core.deliver()[OWNER] ?? []));
  expect(messages[0]?.seq).toBe(first?.targets[0]?.seq);
  expect(new Set(idsOf(messages)).size).toBe(20);
  expect(Math.max(...sizes(messages))).toBeLessThan(PAYLOAD_LIMIT_BYTES);
});

test('as many receivers share a delivery as fit beside what it tells', () => {
  const ids = Array.from({ length: 950 }, (_, index) => `${index}-${'y'.repeat(190)}`);
  const core = middle({ datasets: ids.map((id) => dataset(id)) });
  for (let round = 0; round < 10; round += 1) core.settle();
  core.send({ kind: 'apiUrl', url: `https://a.example/${large(1500)}` });
  const deliveries = sends(core.cycle()).flatMap((effect) => effect.deliveries);
  expect(new Set(deliveries.flatMap(({ targets }) => targets.map(({ to }) => to))).size).toBe(950);
  expect(deliveries).toHaveLength(2);
  expect(Math.max(...sizes(deliveries))).toBeLessThan(PAYLOAD_LIMIT_BYTES);
});
