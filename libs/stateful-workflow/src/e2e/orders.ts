import fc from 'fast-check';
import type { MessageBody } from '../core.js';
import type { Change } from '../index.js';

/** Time between two messages of clients, which a disturbed network may take to come to rest. */
export const PAUSE_MS = 1_000_000_000;

/** A message of a client. */
export interface Order {
  readonly to: string;
  readonly body: MessageBody;
}

/** What a test does to the network between two messages of clients. */
export interface Disturbance {
  readonly what: 'deliver' | 'duplicate' | 'cycle' | 'continue' | 'drop' | 'pause';
  readonly where: number;
}

const top = fc.constant('Organization/o');
const datasetId = fc.constantFrom('d1', 'd2', 'd3', 'd/4');
const sourceId = fc.constantFrom('s1', 's2');
const columnId = fc.constantFrom('c1', 'c2', 'c3');
const teamId = fc.constantFrom('t1', 't2');
const word = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const workflowOf = (type: string, id: string): string => `${type}/${encodeURIComponent(id)}`;

const datasetChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Dataset'),
      id: datasetId,
      set: fc.record(
        {
          name: word,
          rows: fc.nat(9),
          health: fc.constantFrom('healthy', 'failing'),
          active: fc.constantFrom(true, true, false),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Dataset'),
      id: datasetId,
      unset: fc.constantFrom(['rows'], ['health']),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ id: datasetId, name: word, active: fc.constantFrom(true, true, false) })
      .map((entity): Change => ({ op: 'put', type: 'Dataset', entity })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('relate' as const),
      type: fc.constant('Dataset'),
      id: datasetId,
      relation: fc.constant('columns'),
      add: fc.subarray(['c1', 'c2', 'c3']),
      remove: fc.subarray(['c1', 'c2', 'c3']),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('relate' as const),
      type: fc.constant('Dataset'),
      id: datasetId,
      relation: fc.constant('upstream'),
      add: fc.subarray(['d1', 'd2', 'd3']),
      remove: fc.subarray(['d1', 'd2', 'd3']),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ id: columnId, name: word }).map((entity): Change => ({ op: 'put', type: 'Column', entity })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('delete' as const), type: fc.constant('Column'), id: columnId }),
  },
);

const sourceChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Source'),
      id: sourceId,
      set: fc.record(
        {
          name: word,
          note: word,
          prefs: fc.record({ theme: word, size: fc.nat(5) }, { requiredKeys: [] }),
          tags: fc.array(word, { maxLength: 3 }),
          labels: fc.dictionary(word, word, { maxKeys: 2 }),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Source'),
      id: sourceId,
      unset: fc.constantFrom(['note'], ['tags'], ['labels.a'], ['team']),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('relate' as const),
      type: fc.constant('Source'),
      id: sourceId,
      relation: fc.constant('datasets'),
      add: fc.subarray(['d1', 'd2', 'd3', 'd/4']),
      remove: fc.subarray(['d1', 'd2', 'd3', 'd/4']),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('delete' as const), type: fc.constant('Dataset'), id: datasetId }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('update' as const),
      type: fc.constant('Source'),
      id: sourceId,
      set: teamId.map((team) => ({ team })),
    }),
  },
);

const teamChange: fc.Arbitrary<Change> = fc.record({
  op: fc.constant('update' as const),
  type: fc.constant('Team'),
  id: teamId,
  set: fc.record({ name: word, size: fc.nat(9) }, { requiredKeys: [] }),
});

const anySource = sourceId.map((id) => workflowOf('Source', id));
const change = (to: fc.Arbitrary<string>, changes: fc.Arbitrary<Change>): fc.Arbitrary<Order> =>
  fc.record({ to, body: changes.map((one): MessageBody => ({ kind: 'change', changes: [one] })) });

export const changeOrder: fc.Arbitrary<Order> = fc.oneof(
  {
    weight: 3,
    arbitrary: change(
      fc.oneof(
        top,
        anySource,
        datasetId.map((id) => workflowOf('Dataset', id)),
      ),
      datasetChange,
    ),
  },
  { weight: 3, arbitrary: change(fc.oneof(top, anySource), sourceChange) },
  {
    weight: 1,
    arbitrary: change(
      fc.oneof(
        top,
        anySource,
        teamId.map((id) => workflowOf('Team', id)),
      ),
      teamChange,
    ),
  },
);

/** Changes of credentials and URLs; their versions are numbered by the test. */
export const settingOrder: fc.Arbitrary<Order> = fc.record({
  to: fc.oneof(top, anySource),
  body: fc.oneof(
    fc.constantFrom('api', 'other').map((name): MessageBody => ({
      kind: 'credential',
      credential: { kind: 'reference', ref: `secret://local/${name}`, minVersion: 0 },
    })),
    fc
      .constantFrom('https://a.example', 'https://b.example', null)
      .map((url): MessageBody => ({ kind: 'apiUrl', url })),
  ),
});

export const disturbance: fc.Arbitrary<Disturbance> = fc.record({
  what: fc.constantFrom('deliver', 'deliver', 'deliver', 'duplicate', 'cycle', 'cycle', 'continue', 'drop', 'pause'),
  where: fc.nat(1000),
});
