// How long a core step takes as the state grows. Run:
// node --conditions=@tributary/source --import tsx src/bench/step-cpu.ts
import { carry, create, restore, startInput, step, type CoreState, type MessageBody } from '../core.js';
import {
  action,
  choice,
  entity,
  entityWorkflow,
  int,
  key,
  many,
  model,
  one,
  optional,
  own,
  rollup,
  str,
} from '../index.js';

const catalog = model(
  entity('Source', { id: key(), name: str(), health: optional(str()), datasets: many('Dataset') }),
  entity('Dataset', {
    id: key(),
    name: str(),
    rows: int(),
    health: choice('healthy', 'failing'),
    source: one('Source'),
  }),
);

const definition = entityWorkflow(catalog, 'Source', {
  owns: { datasets: own('DatasetWorkflow') },
  rollups: {
    health: rollup(
      'datasets',
      (dataset: { health: string }) => dataset.health,
      (counts) => (counts['failing'] ? 'failing' : 'healthy'),
    ),
  },
  actions: {
    count: action({ id: str(), rows: int() }, {}, (draft, { id, rows }) => {
      const dataset = draft.datasets.get(id);
      if (dataset) dataset.rows = rows;
    }),
  },
  views: { first: (source) => source.name },
  limits: { starts: 1_000_000, batch: 1_000_000 },
});

let now = 1_000_000;
const stepped = (state: CoreState, body: MessageBody): CoreState =>
  step(definition, state, { ...body, at: (now += 1), random: 0.5 }).state;

function grown(size: number): CoreState {
  const datasets = Array.from({ length: size }, (_, index) => ({
    id: `d${index}`,
    name: `Dataset ${index}`,
    rows: index,
    health: 'healthy' as const,
    source: 's',
  }));
  const input = startInput(definition, { entity: { id: 's', name: 'Source', datasets } }, { at: now });
  let state = stepped(create(definition, input, { at: now, random: 0.5 }), { kind: 'cycle' });
  for (const [workflow, child] of state.children.entries())
    state = stepped(state, { kind: 'childStarted', child: workflow, epoch: child.epoch });
  return stepped(state, { kind: 'cycle' });
}

/** CPU per run in microseconds: median of batches, after a warm-up. */
function microseconds(run: (index: number) => void, runs: number): number {
  for (let index = 0; index < runs; index += 1) run(index);
  const times = Array.from({ length: 9 }, () => {
    const start = process.cpuUsage();
    for (let index = 0; index < runs; index += 1) run(index);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / runs;
  });
  return Math.round((times.sort((a, b) => a - b)[4] ?? 0) * 10) / 10;
}

const rows = [100, 1_000, 20_000].map((size) => {
  const begun = process.cpuUsage();
  const state = grown(size);
  const growing = process.cpuUsage(begun);
  const id = (index: number) => `d${(index * 7) % size}`;
  let at = state;
  const kept = (next: CoreState) => void (at = next);
  const seq = new Map<string, number>();
  const fromChild = (index: number): MessageBody => {
    const from = `Dataset/${id(index)}`;
    seq.set(from, (seq.get(from) ?? 0) + 1);
    const stamp = `${(now + 10).toString(36).padStart(9, '0')}00000~${from}`;
    return {
      kind: 'link',
      direction: 'up',
      from,
      epoch: 1,
      seq: seq.get(from) ?? 0,
      patches: [{ type: 'Dataset', id: id(index), stamp, set: { rows: index } }],
    };
  };
  const change = (index: number): MessageBody => ({
    kind: 'change',
    changes: [{ op: 'update', type: 'Dataset', id: id(index), set: { rows: index } }],
  });
  const handOver = () => JSON.stringify(carry(definition, state));
  return {
    entities: size,
    'change of one, us': microseconds((index) => kept(stepped(at, change(index))), 500),
    'change + cycle, us': microseconds((index) => kept(stepped(stepped(state, change(index)), { kind: 'cycle' })), 500),
    'patch from a child + cycle, us': microseconds(
      (index) => kept(stepped(stepped(state, fromChild(index)), { kind: 'cycle' })),
      500,
    ),
    'action on a child + cycle, us': microseconds(
      (index) =>
        kept(
          stepped(
            stepped(state, {
              kind: 'action',
              id: `a${index}`,
              action: 'count',
              input: { id: id(index), rows: -index },
            }),
            { kind: 'cycle' },
          ),
        ),
      500,
    ),
    'join and leave a relation, us': microseconds(
      (index) =>
        kept(
          stepped(
            stepped(state, {
              kind: 'change',
              changes: [{ op: 'relate', type: 'Source', id: 's', relation: 'datasets', remove: [id(index)] }],
            }),
            { kind: 'cycle' },
          ),
        ),
      500,
    ),
    'start of all, ms': Math.round((growing.user + growing.system) / 1000),
    'carry and restore, ms': Math.round(
      microseconds(() => void restore(definition, JSON.parse(handOver()) as ReturnType<typeof carry>), 1) / 1000,
    ),
    'carry, kB': Math.round(handOver().length / 1024),
  };
});
process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
