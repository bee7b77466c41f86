import { CATALOG_KINDS } from '@tributary/workflow-contracts/sql-metadata';
import type { CatalogKind, CatalogRecord, Filters, ScopeReport } from '@tributary/workflow-contracts/sql-metadata';
import type {
  CatalogCursor,
  CatalogScope,
  CatalogSession,
  DatabaseInfo,
  ListedItem,
  ListedObject,
  ListOptions,
  ObjectCounts,
  ReadOptions,
  Survey,
} from '../catalog.js';
import { countsStatement, countStatement, keysOf, readStatement, surveyStatement, type KindQuery, type QueryContext } from './kind-query.js';
import { listDatabases } from './list-databases.js';
import { countObjects, listObjects, listSchemas } from './list-objects.js';
import { KIND_QUERIES } from './queries/index.js';
import { relationsDigest } from './relations-digest.js';
import { reportScope } from './report-scope.js';
import type { ServerFacts } from './settings.js';
import type { Wire } from './wire.js';

const BATCH_SIZE = 2_000;

/** Rows of a first fetch, before it is known how big they are: views and routines come with their whole text. */
const FIRST_ROWS: Readonly<Partial<Record<CatalogKind, number>>> = { relation: 50, routine: 50 };

/** See `CatalogSession`. */
export class PostgresSession implements CatalogSession {
  readonly serverVersion: string;

  constructor(
    private readonly wire: Wire,
    private readonly facts: ServerFacts,
    private readonly database: string,
    private readonly forget: () => void,
  ) {
    this.serverVersion = facts.version.split(' ', 1)[0] ?? facts.version;
  }

  get statements(): number {
    return this.wire.statements;
  }

  databases(filters: Filters): Promise<DatabaseInfo[]> {
    return listDatabases(this.wire, filters);
  }

  async count(kind: CatalogKind, scope: CatalogScope): Promise<number> {
    return this.#count(kind, scope);
  }

  async counts(scope: CatalogScope): Promise<Record<CatalogKind, number>> {
    const queries = Object.fromEntries(CATALOG_KINDS.map((kind) => [kind, this.#queryOf(kind, scope)]));
    const [row] = await this.wire.query<Record<CatalogKind, number>>(countsStatement(queries), 'catalog records of every kind');
    if (!row) throw new Error('a SELECT without FROM has one row');
    return row;
  }

  async countUpTo(kind: CatalogKind, scope: CatalogScope, cursor: CatalogCursor): Promise<number> {
    return this.#count(kind, scope, keysOf(kind, cursor));
  }

  async survey(kind: CatalogKind, scope: CatalogScope): Promise<Survey> {
    const statement = surveyStatement(this.#queryOf(kind, scope), relationsDigest(scope, this.facts.version_number));
    const [row] = await this.wire.query<Survey>(statement, nameOf(kind));
    if (!row) throw new Error('a SELECT without FROM has one row');
    return row;
  }

  async *read<K extends CatalogKind>(kind: K, scope: CatalogScope, options: ReadOptions = {}): AsyncGenerator<CatalogRecord<K>[], void, undefined> {
    const { after, batchSize = BATCH_SIZE } = options;
    const query = this.#queryOf(kind, scope);
    const statement = readStatement(query, after && keysOf(kind, after));
    const toRecord = query.mapper(after) as (row: unknown) => CatalogRecord<K>;
    for await (const rows of this.wire.stream<unknown>(statement, nameOf(kind), batchSize, FIRST_ROWS[kind])) {
      yield rows.map(toRecord);
    }
  }

  async listSchemas(scope: CatalogScope, options: ListOptions): Promise<ListedItem[]> {
    return listSchemas(this.wire, this.#contextOf(scope), options);
  }

  async listObjects(scope: CatalogScope, options: ListOptions & { readonly schema?: string }): Promise<ListedObject[]> {
    return listObjects(this.wire, this.#contextOf(scope), options);
  }

  async countObjects(scope: CatalogScope): Promise<ObjectCounts> {
    return countObjects(this.wire, this.#contextOf(scope));
  }

  async reports(scope: CatalogScope): Promise<ScopeReport[]> {
    this.#assertHere(scope);
    return reportScope(this.wire, scope, this.facts.version_number);
  }

  async close(): Promise<void> {
    await this.wire.close();
    this.forget();
  }

  async #count(kind: CatalogKind, scope: CatalogScope, upTo?: number[]): Promise<number> {
    const statement = countStatement(this.#queryOf(kind, scope), upTo);
    const [row] = await this.wire.query<{ count: number }>(statement, nameOf(kind));
    return row?.count ?? 0;
  }

  #queryOf(kind: CatalogKind, scope: CatalogScope): KindQuery {
    return KIND_QUERIES[kind](this.#contextOf(scope));
  }

  #contextOf(scope: CatalogScope): QueryContext {
    this.#assertHere(scope);
    return { scope, version: this.facts.version_number };
  }

  #assertHere({ database }: CatalogScope): void {
    if (database === this.database) return;
    throw new Error(`The session is signed in to database "${this.database}"; open another for "${database}"`);
  }
}

function nameOf(kind: CatalogKind): string {
  return `catalog records of kind ${kind}`;
}
