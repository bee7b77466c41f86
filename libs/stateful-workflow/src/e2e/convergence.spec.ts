import fc from 'fast-check';
import { healthOf, type Direction } from '../core.js';
import { plain } from '../state/view.js';
import { begin, calm, danglingIds, definitionsFor, disturbed, picture, settings } from './forest.js';
import { changeOrder, disturbance, settingOrder, type Disturbance, type Order } from './orders.js';

const RUNS = Number(process.env['STATEFUL_RUNS'] ?? 100);
const disturbances = fc.array(disturbance, { maxLength: 250 });

describe.each(['transport', 'receiver'] as const)('confirmed by %s', (confirm) => {
  const both = (orders: readonly Order[], what: readonly Disturbance[]) => {
    const quiet = begin(definitionsFor(confirm));
    const taken = calm(quiet, orders);
    const rough = begin(definitionsFor(confirm));
    // A workflow may still know an entity that has left it, so a change of it that the calm network took may be refused.
    fc.pre(disturbed(rough, orders, taken, what, confirm === 'receiver'));
    return { quiet, rough };
  };

  test('parent, children and subscribers come to the state of the calm sequence, whatever the network does', () => {
    fc.assert(
      fc.property(fc.array(changeOrder, { minLength: 1, maxLength: 25 }), disturbances, (orders, what) => {
        const { quiet, rough } = both(orders, what);
        expect(picture(rough)).toEqual(picture(quiet));
        expect(danglingIds(rough)).toEqual([]);
        for (const { state } of rough.nodes.values()) {
          expect(healthOf(state)).toMatchObject({ deadLetters: [], linksBehind: 0, held: 0 });
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('every entity comes to the credential and the URL of the calm sequence, and has loaded with them', () => {
    const orders = fc.array(fc.oneof({ weight: 2, arbitrary: settingOrder }, { weight: 1, arbitrary: changeOrder }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(orders, disturbances, (list, what) => {
        const { quiet, rough } = both(list, what);
        expect(settings(rough)).toEqual(settings(quiet));
        for (const [workflow, { credential, loaded }] of Object.entries(settings(rough))) {
          if (workflow.startsWith('Dataset/')) expect(loaded).toEqual(credential);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** Whether an order leaves each entity with one owner: of two that tell each other the same, neither knows it beforehand. */
function isTree({ body }: Order): boolean {
  const text = JSON.stringify(body);
  return !text.includes('Team') && !text.includes('team') && !text.includes('"relation":"datasets"');
}

test('nobody is told what it has told itself', () => {
  fc.assert(
    fc.property(fc.array(changeOrder.filter(isTree), { minLength: 1, maxLength: 25 }), (orders) => {
      const network = begin(definitionsFor('transport'));
      network.told.length = 0;
      calm(network, orders);
      const told = new Set<string>();
      const echoes: string[] = [];
      for (const { from, to, message } of network.told) {
        // What joins a sub-graph comes whole, for its receiver may have known only parts.
        const whole = new Set(message.patches.flatMap(({ type, id, put }) => (put ? [`${type}/${id}`] : [])));
        for (const { type, id, stamp, set = {}, unset = [] } of message.patches) {
          if (whole.has(`${type}/${id}`)) continue;
          for (const path of [...Object.keys(set), ...unset]) {
            const what = `${type}/${id}.${path} ${stamp}`;
            if (told.has(`${to} to ${from}: ${what}`)) echoes.push(what);
            told.add(`${from} to ${to}: ${what}`);
          }
        }
      }
      expect(echoes).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test('a change is told a number of times that depends on the levels it passes, not on anything else', () => {
  const network = begin(definitionsFor('transport'));
  const counted = (to: string, name: string): [string, Direction][] => {
    network.told.length = 0;
    network.send(to, { kind: 'change', changes: [{ op: 'update', type: 'Dataset', id: 'd1', set: { name } }] });
    network.settle();
    return network.told.map(({ to: receiver, message }) => [receiver, message.direction]);
  };
  expect(counted('Dataset/d1', 'x')).toEqual([
    ['Source/s1', 'up'],
    ['Organization/o', 'up'],
    ['Watcher/w', 'subscription'],
  ]);
  expect(counted('Organization/o', 'y')).toEqual([
    ['Source/s1', 'down'],
    ['Watcher/w', 'subscription'],
    ['Dataset/d1', 'down'],
  ]);
  expect(plain(picture(network))).toMatchObject({ 'Dataset/d1': { name: 'y' } });
});
