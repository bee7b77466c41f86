import type { Client } from 'pg';
import type { CatalogConnectionOptions } from '../catalog.js';
import { withSpan } from '../../telemetry/with-span.js';
import { askForBytes, rowOfBytes } from './any-bytes.js';
import { bytesRead, destroy, requestCancel } from './connect.js';
import { FetchSize } from './fetch-size.js';
import { rowTypes } from './row-types.js';
import type { SourceErrors } from './source-errors.js';
import type { Statement } from './statement.js';

const CLOSE_TIMEOUT_MS = 2_000;
/** What an answer may take beyond the statement time-out, which a server that is cut off cannot enforce. */
const ANSWER_MARGIN_MS = 5_000;
const CURSOR = 'tributary_read';

/** The one connection of a session: sends statements one after another, counts them, and types their errors. */
export class Wire {
  statements = 0;
  /** Whether texts may be of any bytes, not of UTF-8 alone. */
  anyBytes = false;
  #busyWith: string | undefined;
  #broken = false;
  #cursorIsOpen = false;
  #closed = false;
  readonly #abort: () => void;

  constructor(
    private readonly client: Client,
    private readonly errors: SourceErrors,
    private readonly options: CatalogConnectionOptions,
  ) {
    this.#abort = () => {
      requestCancel(client, options);
      this.#broken = true;
      destroy(client);
    };
    options.signal?.addEventListener('abort', this.#abort, { once: true });
  }

  /** All rows of a statement. `what`: what is read, for errors. */
  async query<Row>(statement: Statement, what: string): Promise<Row[]> {
    this.#enter(what);
    try {
      return this.#received<Row>(await this.#send(this.#asked(statement), what));
    } finally {
      this.#busyWith = undefined;
    }
  }

  /** Streams rows through a cursor of the server, one batch ahead of the reader; batches of big rows have fewer. */
  async *stream<Row>(statement: Statement, what: string, batchSize: number, firstRows?: number): AsyncGenerator<Row[], void, undefined> {
    this.#enter(what);
    const { text, values } = this.#asked(statement);
    const size = new FetchSize(batchSize, firstRows);
    let pending: Promise<unknown[]> | undefined;
    try {
      // The end of the session closes its last cursor; only a next one needs a statement for that.
      if (this.#cursorIsOpen) await this.#send({ text: `CLOSE ${CURSOR}`, values: [] }, what);
      // A cursor in SQL, since each FETCH has the statement time-out for itself: a slow reader must not use it up, as it
      // does with a portal of the protocol. `cursor_tuple_fraction` is set for reading to the end.
      await this.#send({ text: `DECLARE ${CURSOR} NO SCROLL CURSOR FOR ${text}`, values }, what);
      let seen = bytesRead(this.client);
      pending = this.#fetch(size.rows, what);
      while (pending) {
        const asked = size.rows;
        const rows: unknown[] = await pending;
        size.learn(bytesRead(this.client) - seen);
        seen = bytesRead(this.client);
        pending = rows.length === asked ? this.#fetch(size.rows, what) : undefined;
        if (rows.length) yield this.#received<Row>(rows);
      }
    } finally {
      await pending?.catch(() => undefined);
      this.#cursorIsOpen = !this.#broken;
      this.#busyWith = undefined;
    }
  }

  /** Ends the transaction and the connection. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.options.signal?.removeEventListener('abort', this.#abort);
    if (this.#broken || this.#busyWith !== undefined) {
      destroy(this.client);
      return;
    }
    const timer = setTimeout(() => destroy(this.client), CLOSE_TIMEOUT_MS);
    await this.client.end().catch(() => undefined);
    clearTimeout(timer);
  }

  #asked(statement: Statement): Statement {
    return this.anyBytes ? askForBytes(statement) : statement;
  }

  #received<Row>(rows: unknown[]): Row[] {
    return (this.anyBytes ? (rows as { bytes: string }[]).map(rowOfBytes) : rows) as Row[];
  }

  #fetch(rows: number, what: string): Promise<unknown[]> {
    const fetched = this.#send({ text: `FETCH ${rows} FROM ${CURSOR}`, values: [] }, what);
    // A batch ahead may fail before the reader asks for it; it is told then.
    fetched.catch(() => undefined);
    return fetched;
  }

  #send(statement: Statement, what: string): Promise<unknown[]> {
    this.statements++;
    const { host, port, database } = this.options;
    const operation = statement.text.trimStart().split(/\s/, 1)[0] ?? '';
    const attributes = {
      'db.system.name': 'postgresql',
      'db.namespace': database,
      'db.operation.name': operation,
      'db.query.summary': `${operation} ${what}`,
      'server.address': host,
      'server.port': port,
    };
    return withSpan(`postgresql ${operation}`, attributes, async (span) => {
      const rows = await this.#exchange(statement, what);
      span.setAttribute('db.response.returned_rows', rows.length);
      return rows;
    });
  }

  async #exchange({ text, values }: Statement, what: string): Promise<unknown[]> {
    const started = performance.now();
    const timeoutMs = this.options.statementTimeoutMs + ANSWER_MARGIN_MS;
    let silent = false;
    const deadline = setTimeout(() => {
      silent = true;
      requestCancel(this.client, this.options);
      destroy(this.client);
    }, timeoutMs);
    try {
      const answer = await this.client.query({ text, ...(values.length > 0 && { values: [...values] }), types: rowTypes });
      // Of a text with several statements the driver gives several results.
      const [result = answer] = [answer].flat();
      const rows: unknown[] = result.rows;
      // The driver's result lives longer than its rows are needed; holding on to them doubles the memory of a long read.
      result.rows = [];
      return rows;
    } catch (error) {
      throw this.#fail(silent ? new Error(`no answer within ${timeoutMs} ms`) : error, what, started);
    } finally {
      clearTimeout(deadline);
    }
  }

  #enter(what: string): void {
    this.options.signal?.throwIfAborted();
    if (this.#closed) throw new Error(`The catalog session is closed; open another to read ${what}`);
    if (this.#busyWith !== undefined) throw new Error(`The catalog session is reading ${this.#busyWith}; end or leave that before ${what}`);
    this.#busyWith = what;
  }

  // After an error the transaction is over, and so is the session.
  #fail(error: unknown, what: string, started: number): unknown {
    this.#broken = true;
    const { signal } = this.options;
    return signal?.aborted ? signal.reason : this.errors.ofStatement(error, what, performance.now() - started);
  }
}
