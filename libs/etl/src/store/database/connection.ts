import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from 'kysely';
import type { DatabaseErrors } from './database-errors.js';
import { openSessionPool, type SessionPoolOptions } from './session-pool.js';
import type { Tables } from './tables.js';

const TRIES = 6;
/** A host that swallows packets is not tried for longer; Temporal waits better than a held activity. */
const TRY_FOR_MS = 20_000;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;

export type Executor = Kysely<Tables> | Transaction<Tables>;

/** One schema of one database, through a pool. */
export class Connection {
  /** Queries go to the schema; reads of times are RFC 3339 with microseconds. */
  readonly db: Kysely<Tables>;
  #closed = false;

  constructor(
    readonly place: SessionPoolOptions,
    readonly schema: string,
    readonly errors: DatabaseErrors,
  ) {
    const dialect = new PostgresDialect({ pool: () => openSessionPool(place) });
    this.db = new Kysely<Tables>({ dialect }).withSchema(schema);
  }

  /** A table's qualified name, for statements that are written out. */
  table(name: keyof Tables): RawBuilder<unknown> {
    return sql.id(this.schema, name);
  }

  /** Reads; tried again after conflicts and lost connections. `what`: for the message of an error. */
  read<T>(what: string, body: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.#tryAgain(what, () => body(this.db));
  }

  /**
   * Runs `body` in a transaction, again after conflicts and lost connections, with bounded waits. A commit whose answer
   * was lost may have taken place, so `body` must recognise its own work.
   * @throws CodedError ETL_DATABASE_…
   */
  transaction<T>(what: string, body: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#tryAgain(what, () => this.db.transaction().setIsolationLevel('read committed').execute(body));
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.db.destroy();
  }

  async #tryAgain<T>(what: string, body: () => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + TRY_FOR_MS;
    for (let tried = 1; ; tried += 1) {
      try {
        return await body();
      } catch (error) {
        const over = this.#closed || tried === TRIES || performance.now() > giveUpAt;
        if (over || this.errors.troubleOf(error) === 'none') throw this.errors.of(error, what);
        await wait(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tried) * (0.5 + Math.random() / 2));
      }
    }
  }
}
