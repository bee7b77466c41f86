import { BareTree } from './bare-tree.js';
import type { Bed } from './bed.js';
import { EntityTree } from './entity-tree.js';
import type { EventFigures, Figures, Pair, StoreRotation } from './report.js';

export interface Sizes {
  readonly children: number;
  /** Of the trees that the histories are compared with. */
  readonly few: number;
  readonly rounds: number;
  /** Changes of one child, of which the median counts. */
  readonly samples: number;
}

type Say = (text: string) => void;

/** Measures the framework and bare calls in turn, on trees that live side by side. */
export async function measure(bed: Bed, sizes: Sizes, say: Say): Promise<Omit<Figures, 'steps'>> {
  const { children, few } = sizes;
  const small = await grow(bed, few, say);
  const events = [await countEvents(small)];
  await end(small);
  const large = await grow(bed, children, say);
  events.push(await countEvents(large));
  const one = { down: await measureOne(large, 'down', sizes), up: await measureOne(large, 'up', sizes) };
  const all = await measureAll(large, sizes, say);
  await end(large);
  const store = await rotateInStore(bed, children, say);
  return { ...sizes, start: large.start, ...one, ...all, store, events };
}

interface Grown {
  readonly entities: EntityTree;
  readonly bare: BareTree;
  readonly start: Pair;
}

async function grow(bed: Bed, size: number, say: Say): Promise<Grown> {
  const bare = new BareTree(bed, size);
  const entities = new EntityTree(bed, size);
  const bareMillis = await bare.start();
  const millis = await entities.start();
  await entities.settle();
  say(`start of ${String(size)}: bare ${bareMillis.toFixed(0)} ms, framework ${millis.toFixed(0)} ms, its parent ${String(await entities.events())} events`);
  return { entities, bare, start: { framework: [millis], bare: [bareMillis] } };
}

async function end({ entities, bare }: Grown): Promise<void> {
  await bare.end();
  await entities.end();
}

/** Events that a change adds to the parent's history. */
async function countEvents({ entities, bare }: Grown): Promise<EventFigures> {
  const added = async (act: () => Promise<unknown>): Promise<number> => {
    await entities.settle();
    const before = await entities.events();
    await act();
    await entities.settle();
    return (await entities.events()) - before;
  };
  const started = await entities.events();
  const one = await added(() => entities.down(1, 1));
  const all = await added(() => entities.all(1));
  const rotation = await added(() => entities.rotate({ kind: 'literal', value: 'token 2', version: 2 }));
  const before = await bare.events();
  await bare.allByParent(1);
  return { children: entities.size, started, one, all, rotation, bareAll: (await bare.events()) - before };
}

async function measureOne({ entities, bare }: Grown, way: 'down' | 'up', { samples }: Sizes): Promise<Pair> {
  const figures: Turns = { framework: [], bare: [] };
  const first = way === 'down' ? 1_000 : 2_000;
  for (let sample = 0; sample < samples; sample++) {
    figures.bare.push(await bare[way](sample * 7, first + sample));
    figures.framework.push(await entities[way](sample * 7, first + sample));
    await entities.settle();
  }
  return figures;
}

async function measureAll({ entities, bare }: Grown, { rounds }: Sizes, say: Say): Promise<Pick<Figures, 'all' | 'byParent' | 'literal' | 'reference'>> {
  const all: Turns = { framework: [], bare: [] };
  const byParent: number[] = [];
  const literal: Turns = { framework: [], bare: [] };
  const reference: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const value = 100 + round;
    const token = `a token of some length, and of round ${String(round)}`;
    all.bare.push(await bare.allByClient(value));
    all.framework.push(await entities.all(value));
    await entities.settle();
    byParent.push(await bare.allByParent(value));
    literal.bare.push(await bare.allByClient(token));
    literal.framework.push(await entities.rotate({ kind: 'literal', value: token, version: value }));
    await entities.settle();
    reference.push(await entities.rotate({ ref: 'secret://local/api#token', minVersion: round }));
    await entities.settle();
    const last = { all, literal, 'by parent': { bare: byParent, framework: [] }, reference: { bare: [], framework: reference } };
    for (const [name, { framework, bare: floor }] of Object.entries(last)) {
      say(`round ${String(round)}, ${name}: framework ${(framework.at(-1) ?? 0).toFixed(0)} ms, bare ${(floor.at(-1) ?? 0).toFixed(0)} ms`);
    }
  }
  const seen = await entities.notices();
  if (seen.size !== 1 || !seen.has(100 + rounds)) throw new Error(`Not all members have seen the last notice: ${[...seen].join(', ')}`);
  return { all, byParent, literal, reference };
}

interface Turns {
  readonly framework: number[];
  readonly bare: number[];
}

/** The token is written where the reference leads to, and nobody is told. */
async function rotateInStore(bed: Bed, size: number, say: Say): Promise<StoreRotation> {
  const tree = new EntityTree(bed, size, true);
  await tree.start();
  await tree.settle();
  await tree.load();
  await tree.settle();
  const before = { members: await tree.memberEvents(), group: await tree.events() };
  const begun = performance.now();
  bed.secrets.api = { token: 'token 2', version: '2' };
  const writeMillis = performance.now() - begun;
  const events = (await tree.memberEvents()) + (await tree.events()) - before.members - before.group;
  await tree.load();
  const fresh = [...bed.loads.values()].filter((token) => token === 'token 2').length;
  await tree.end();
  say(`rotation in the store: ${String(events)} events, ${String(fresh)} of ${String(size)} next loads with the new token`);
  return { children: size, writeMillis, events, fresh };
}
