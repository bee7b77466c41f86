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
} from '@tributary/stateful-workflow';
import { carry, create, pack, restore, startInput, step, unpack, type CoreState, type MessageBody } from '@tributary/stateful-workflow/core';
import { median } from './report.js';

const RUNS = 500;
const BATCHES = 9;

/** CPU of steps of the core on a state of that many entities, in microseconds; of what walks the whole state, in milliseconds. */
export interface StepFigures {
  readonly entities: number;
  readonly changeMicros: number;
  readonly changeAndCycleMicros: number;
  readonly fromChildMicros: number;
  readonly actionMicros: number;
  readonly relateMicros: number;
  /** Change of an entity that all share, and what is told of it, for each of them. */
  readonly sharedMicros: number;
  readonly startOfAllMillis: number;
  readonly carryMillis: number;
  readonly carryBytes: number;
}

const catalog = model(
  entity('Source', { id: key(), name: str(), health: optional(str()), datasets: many('Dataset') }),
  entity('Dataset', { id: key(), name: str(), rows: int(), health: choice('healthy', 'failing'), source: one('Source'), owner: one('Owner') }),
  entity('Owner', { id: key(), name: str() }),
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

/** What steps of the core cost as the state grows. `sizes`: entities. */
export function stepCosts(sizes: readonly number[]): StepFigures[] {
  return sizes.map((size) => new Grown(size).figures());
}

class Grown {
  private now = 1_000_000;
  private readonly startMicros: number;
  private readonly state: CoreState;
  private readonly sent = new Map<string, number>();

  constructor(private readonly size: number) {
    const begun = process.cpuUsage();
    this.state = this.grow();
    this.startMicros = microsSince(begun);
  }

  figures(): StepFigures {
    const cycle: MessageBody = { kind: 'cycle' };
    const { state } = this;
    const handOver = (): string => pack(carry(definition, state));
    return {
      entities: this.size,
      changeMicros: micros((index) => this.stepped(state, this.change(index))),
      changeAndCycleMicros: micros((index) => this.stepped(this.stepped(state, this.change(index)), cycle)),
      fromChildMicros: micros((index) => this.stepped(this.stepped(state, this.fromChild(index)), cycle)),
      actionMicros: micros((index) => this.stepped(this.stepped(state, this.action(index)), cycle)),
      relateMicros: micros((index) => this.stepped(this.stepped(state, this.leave(index)), cycle)),
      sharedMicros: micros((index) => this.stepped(this.stepped(state, this.rename(index)), cycle), 2) / this.size,
      startOfAllMillis: this.startMicros / 1000,
      carryMillis: micros(() => restore(definition, unpack(handOver())), 1) / 1000,
      carryBytes: handOver().length,
    };
  }

  private grow(): CoreState {
    const datasets = Array.from({ length: this.size }, (_, index) => ({
      id: `d${String(index)}`,
      name: `Dataset ${String(index)}`,
      rows: index,
      health: 'healthy' as const,
      source: 's',
      owner: { id: 'o', name: 'Owner' },
    }));
    const input = startInput(definition, { entity: { id: 's', name: 'Source', datasets } }, { at: this.now });
    let state = this.stepped(create(definition, input, { at: this.now, random: 0.5 }), { kind: 'cycle' });
    for (const [child, { epoch }] of state.children.entries()) state = this.stepped(state, { kind: 'childStarted', child, epoch });
    return this.stepped(state, { kind: 'cycle' });
  }

  private stepped(state: CoreState, body: MessageBody): CoreState {
    return step(definition, state, { ...body, at: (this.now += 1), random: 0.5 }).state;
  }

  private id(index: number): string {
    return `d${String((index * 7) % this.size)}`;
  }

  private change(index: number): MessageBody {
    return { kind: 'change', changes: [{ op: 'update', type: 'Dataset', id: this.id(index), set: { rows: -index - 1 } }] };
  }

  private rename(index: number): MessageBody {
    return { kind: 'change', changes: [{ op: 'update', type: 'Owner', id: 'o', set: { name: `Owner ${String(index)}` } }] };
  }

  private fromChild(index: number): MessageBody {
    const id = this.id(index);
    const from = `Dataset/${id}`;
    const seq = (this.sent.get(from) ?? 0) + 1;
    this.sent.set(from, seq);
    const stamp = `${(this.now + 10).toString(36).padStart(9, '0')}00000~${from}`;
    return { kind: 'link', direction: 'up', from, epoch: 1, seq, patches: [{ type: 'Dataset', id, stamp, set: { rows: -index - 1 } }] };
  }

  private action(index: number): MessageBody {
    return { kind: 'action', id: `a${String(index)}`, action: 'count', input: { id: this.id(index), rows: -index - 1 } };
  }

  private leave(index: number): MessageBody {
    return { kind: 'change', changes: [{ op: 'relate', type: 'Source', id: 's', relation: 'datasets', remove: [this.id(index)] }] };
  }
}

/** Median over batches of the CPU of one run, after a warm-up. */
function micros(run: (index: number) => unknown, runs = RUNS): number {
  const batch = (): number => {
    const begun = process.cpuUsage();
    for (let index = 0; index < runs; index++) run(index);
    return microsSince(begun) / runs;
  };
  batch();
  return median(Array.from({ length: BATCHES }, batch));
}

function microsSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return user + system;
}
