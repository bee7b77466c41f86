import { Type } from '@sinclair/typebox';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { defineSource } from '../query/define-source.js';
import { windowQueries } from '../query/window-query.js';
import type { Json, Page, Session, Source, Unit, UnitContext } from '../source.js';

/** One thing that happened to an item. */
export interface ScriptedEvent {
  readonly n: number;
  readonly time: string;
  readonly who: string;
  /** What the event says, which a later edition may change. */
  readonly text?: string;
}

export interface ScriptedItem {
  readonly name: string;
  events: readonly ScriptedEvent[];
}

export interface ScriptedRecord extends ScriptedEvent {
  readonly item: string;
}

/** What a test does before a page is handed out: throw, wait, count. */
export type BeforePage = (place: { readonly unit: string; readonly page: number; readonly context: UnitContext }) => void | Promise<void>;

const createQuery = windowQueries('BoardQuery', { boards: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }) });

/**
 * A source of boards with items, walked in two stages: `list` finds the items of each board, `visit` reads the events
 * of each item. It is all in memory, and counts what is asked of it.
 */
export class ScriptedSource {
  boards = new Map<string, readonly string[]>();
  items = new Map<string, ScriptedItem>();
  pageSize = 2;
  before: BeforePage = () => undefined;
  transform: (record: ScriptedRecord) => readonly EventDraft[] = draftsOf;
  /** Pages handed out, by `unit#page`. */
  readonly served = new Map<string, number>();
  /** Pages asked for. */
  asked = 0;
  opened = 0;
  closed = 0;
  readonly since = new Map<string, string | undefined>();

  get source(): Source {
    return defineSource({
      type: 'BoardQuery',
      sourceKindId: 'board',
      stages: ['list', 'visit'],
      createQuery,
      open: async (query) => {
        this.opened++;
        const session: Session<ScriptedRecord> = {
          roots: () => query.args.boards.map((board) => unitOf(`board:${board}`, 'list', { board }, [board], `board:${board}`)),
          pages: (unit, cursor, context) => this.#pages(unit, cursor, context),
          transform: (record) => this.transform(record),
          reference: ({ item, n }) => `${item}#${n}`,
          accepts: () => true,
          close: async () => {
            this.closed++;
          },
        };
        return session;
      },
    });
  }

  /** Board `board` with `items` items of `events` events each, a minute apart. */
  fill(board: string, items: number, events: number): void {
    const names = Array.from({ length: items }, (_, index) => `${board}-${String(index + 1).padStart(5, '0')}`);
    this.boards.set(board, names);
    for (const name of names) this.items.set(name, { name, events: Array.from({ length: events }, (_, n) => eventAt(n)) });
  }

  async *#pages(unit: Unit, cursor: Json | undefined, context: UnitContext): AsyncIterable<Page<ScriptedRecord>> {
    this.since.set(unit.key, context.since);
    const entries = unit.kind === 'list' ? this.#found(unit) : this.#records(unit);
    for (let at = Number(cursor ?? 0); ; at += this.pageSize) {
      this.asked++;
      const page = Math.floor(at / this.pageSize) + 1;
      await this.before({ unit: unit.key, page, context });
      context.signal.throwIfAborted();
      const place = `${unit.key}#${page}`;
      this.served.set(place, (this.served.get(place) ?? 0) + 1);
      const part = entries.slice(at, at + this.pageSize);
      const next = at + this.pageSize < entries.length ? at + this.pageSize : undefined;
      if (unit.kind === 'list') yield { records: [], discovered: part as readonly Unit[], cursor: next };
      else yield { records: part as readonly ScriptedRecord[], cursor: next };
      if (next === undefined) return;
    }
  }

  #found({ payload, subjects }: Unit): readonly Unit[] {
    const items = this.boards.get(payload['board'] as string) ?? [];
    return items.map((item) => unitOf(`item:${item}`, 'visit', { item }, subjects));
  }

  #records({ payload }: Unit): readonly ScriptedRecord[] {
    const item = payload['item'] as string;
    return (this.items.get(item)?.events ?? []).map((event) => ({ ...event, item }));
  }
}

/** Event number `n` of an item: a minute after the one before, by one of three people. */
export function eventAt(n: number): ScriptedEvent {
  const time = new Date(Date.UTC(2026, 0, 5) + n * 60_000).toISOString().replace('.000Z', '.000001Z');
  return { n, time, who: ['ada', 'brook', 'chidi'][n % 3] as string };
}

export function draftsOf({ item, n, time, who, text }: ScriptedRecord): readonly EventDraft[] {
  const properties = text === undefined ? { n } : { n, text };
  return [{ id: `${item}-${n}`, parentId: item, type: n === 0 ? 'item.created' : 'item.changed', time, actor: who, properties }];
}

function unitOf(key: string, stage: 'list' | 'visit', payload: Unit['payload'], subjects: readonly string[], mark?: string): Unit {
  return { key, stage, kind: stage, payload, subjects, ...(mark === undefined ? {} : { mark }) };
}
