import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { carry } from '../core.js';
import { action, entityWorkflow, optional, str, type Change } from '../index.js';
import { catalog, datasetWorkflow, sourceWorkflow } from './catalog.js';
import { dataset, Driver, SOURCE, told, update } from './driver.js';

const GUIDES = resolve(__dirname, '../../../../docs/guides');
const IDS = Array.from({ length: 50 }, (_, index) => `d${index}`);
const withDatasets = () => Driver.top(sourceWorkflow, { ...SOURCE, datasets: IDS.map((id) => dataset(id)) });

describe('the list of cases in the guide', () => {
  const rows = readFileSync(resolve(GUIDES, 'stateful-workflow-cases.md'), 'utf8').split('\n').filter((line) => /^\| \d+ \|/.test(line));
  const cases = rows.flatMap((row) => [...row.matchAll(/\[([^\]]+)\]\(([^)]+\.spec\.ts)\)/g)].map(([, title = '', file = '']) => ({ title, file })));

  test('has a test for every row', () => {
    expect(rows.length).toBeGreaterThanOrEqual(17);
    expect(rows.filter((row) => !row.includes('.spec.ts)'))).toEqual([]);
  });

  test.each(cases)('names a test that exists: $title', ({ title, file }) => {
    const path = resolve(GUIDES, file);
    expect(existsSync(path)).toBe(true);
    const text = readFileSync(path, 'utf8').replaceAll(/\$\{\w+\} /g, '');
    expect(["'", '`'].some((quote) => text.includes(`${quote}${title}${quote},`))).toBe(true);
  });
});

test('a definition that builds on another shares nothing with it', () => {
  const actions = {
    note: action({ text: str() }, {}, (draft: { note?: string }, { text }) => {
      draft.note = text;
    }),
  };
  const base = entityWorkflow(catalog, 'Source', { actions });
  let runs = 0;
  const more = entityWorkflow(catalog, 'Source', {
    actions: {
      ...actions,
      extra: action({ text: optional(str()) }, {}, () => {
        runs += 1;
      }),
    },
  });
  const call = (definition: unknown, name: string) =>
    Driver.top(definition, SOURCE).send({ kind: 'action', id: name, action: name, input: { text: 'x' } }).outcome;
  expect(call(more, 'extra')).toMatchObject({ status: 'done' });
  expect(runs).toBe(1);
  expect(call(more, 'note')).toMatchObject({ status: 'done' });
  expect(call(base, 'note')).toMatchObject({ status: 'done' });
  expect(call(base, 'extra')).toMatchObject({ status: 'refused', code: 'STATEFUL_MESSAGE_INVALID' });
  expect(runs).toBe(1);
});

test('a field that is set to undefined is unset', () => {
  const definition = entityWorkflow(catalog, 'Source', {
    actions: {
      forget: action({}, {}, (draft) => {
        Object.assign(draft, { note: undefined });
      }),
    },
  });
  const core = Driver.top(definition, { ...SOURCE, note: 'old' });
  const { outcome, patches } = core.send({ kind: 'action', id: 'a', action: 'forget', input: {} });
  expect(outcome).toMatchObject({ status: 'done' });
  expect(patches).toMatchObject([{ type: 'Source', id: 's1', unset: ['note'] }]);
  expect(core.entity('Source', 's1')).not.toHaveProperty('note');
});

test('a change leaves every entity that it does not touch as the object that it was', () => {
  const core = withDatasets();
  const before = core.state.store.tables['Dataset'];
  core.change(update('Dataset', 'd7', { rows: 1 }));
  const after = core.state.store.tables['Dataset'];
  const touched = IDS.filter((id) => after?.get(id) !== before?.get(id));
  expect(after?.size).toBe(IDS.length);
  expect(touched).toEqual(['d7']);
});

test('children of all entities that are deleted at once end', () => {
  const core = withDatasets();
  for (let round = 0; round < 10; round += 1) core.settle();
  core.change(...IDS.map((id): Change => ({ op: 'delete', type: 'Dataset', id })));
  const ended = new Set<string>();
  for (let round = 0; round < 10; round += 1) for (const effect of core.cycle('endChild')) ended.add(effect.child);
  expect(ended.size).toBe(IDS.length);
});

test('a change of every child tells each its own part alone', () => {
  const core = withDatasets();
  for (let round = 0; round < 10; round += 1) core.settle();
  core.deliver();
  core.change(...IDS.map((id) => update('Dataset', id, { rows: 5 })));
  const messages = core.deliver();
  expect(Object.keys(messages)).toHaveLength(IDS.length);
  for (const id of IDS) expect(messages[`Dataset/${id}`]?.map(told)).toEqual([[{ type: 'Dataset', id, set: { rows: 5 } }]]);
});

test('what is carried holds each value once', () => {
  const core = Driver.top(datasetWorkflow, dataset('d1', { name: 'canary', columns: [{ id: 'c1', name: 'nightingale' }] }));
  const text = JSON.stringify(carry(datasetWorkflow, core.state));
  for (const value of ['canary', 'nightingale']) expect(text.split(value)).toHaveLength(2);
});
