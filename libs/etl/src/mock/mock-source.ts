import { createHash } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { EventDraft, FlowInput } from '@tributary/workflow-contracts/etl';
import type { SourceRegistry } from '../query/source-registry.js';
import { definePagedSource, type PagedContext, type PagedPage } from '../query/define-paged-source.js';
import { windowQueries } from '../query/window-query.js';
import type { Json, Query, Source, Window } from '../source.js';
import { formatInstant, parseInstant } from '../time/instant.js';
import { randomFrom } from './random.js';

/** `FlowInput.type` of a query that only `MockFlow` answers. */
export const MOCK_QUERY = 'MockQuery';

const TYPES = ['mock.created', 'mock.commented', 'mock.reviewed', 'mock.closed'] as const;
const PEOPLE = ['ada', 'brook', 'chidi', 'dagny', 'emre'] as const;
const DEFAULT_EVENTS = 100;
const PAGE = 100;
const UNITS = 4;

interface MockRecord {
  readonly id: string;
  readonly item: string;
  readonly type: string;
  readonly time: string;
  readonly who: string;
  readonly reviewer: string | null;
}

interface Mock {
  readonly seed: string;
  readonly events: number;
  readonly window: Window;
}

const args = {
  events: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000, default: DEFAULT_EVENTS, description: 'How many events to make.' })),
};
const mockQueries = windowQueries(MOCK_QUERY, args);

/**
 * What MockFlow runs for an input: a source that makes events out of nothing but the query, the same for the same
 * input. A query of a registered source is checked as that source does; nothing of the source is read.
 * @throws CodedError ETL_QUERY_UNKNOWN, ETL_ARGS_INVALID
 */
export function mockOf({ type, args: given }: FlowInput, registry: SourceRegistry, startedAt: Date): { source: Source; query: Query } {
  const own = type === MOCK_QUERY ? mockQueries(given, startedAt) : undefined;
  const asked: Query = own ?? registry.createQuery(type, given, startedAt);
  // Of an open window the end moves with the clock, which must not make other events.
  const seed = createHash('sha256').update(JSON.stringify([asked.type, asked.scope, asked.window.start])).digest('hex');
  const mock: Mock = { seed, events: own?.args.events ?? DEFAULT_EVENTS, window: asked.window };
  const query: Query = {
    type,
    window: asked.window,
    incremental: false,
    scope: `mock:${asked.scope}`,
    toSummaryBase: () => ({ ...asked.toSummaryBase(), mock: true }),
  };
  return { source: mockSource(mock), query };
}

function mockSource(mock: Mock): Source {
  return definePagedSource({
    type: MOCK_QUERY,
    sourceKindId: 'mock',
    args,
    units: () => Array.from({ length: UNITS }, (_, index) => ({ key: `item-${index + 1}`, payload: { index } })),
    page: (_query, cursor, context) => mockPage(mock, cursor, context),
    transform: toDrafts,
    reference: ({ id }) => id,
  });
}

/** Page by page the records of one unit; each record depends on the seed and its own number alone. */
async function mockPage(mock: Mock, cursor: Json | undefined, { unit }: PagedContext): Promise<PagedPage<MockRecord>> {
  const from = typeof cursor === 'number' ? cursor : Number(unit.payload?.['index'] ?? 0);
  const numbers: number[] = [];
  for (let number = from; number < mock.events && numbers.length < PAGE; number += UNITS) numbers.push(number);
  const next = from + PAGE * UNITS;
  return { records: numbers.map((number) => mockRecord(mock, number, unit.key)), next: next < mock.events ? next : undefined };
}

function mockRecord({ seed, window }: Mock, number: number, item: string): MockRecord {
  const random = randomFrom(Number.parseInt(seed.slice(0, 8), 16) ^ Math.imul(number + 1, 0x9e3779b1));
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const start = parseInstant(window.start);
  const span = parseInstant(window.end) - start;
  const time = formatInstant(start + (span * BigInt(Math.floor(random() * 2 ** 32))) / 2n ** 32n);
  const who = pick(PEOPLE);
  return { id: `mock-${seed.slice(0, 12)}-${number}`, item, type: pick(TYPES), time, who, reviewer: random() < 0.5 ? pick(PEOPLE) : null };
}

function toDrafts({ id, item, type, time, who, reviewer }: MockRecord): readonly EventDraft[] {
  return [{ id, parentId: item, type, time, actor: who, properties: { mock: true }, people: { reviewer } }];
}
