import type { Secret } from '@tributary/common';
import type { CatalogKind, CatalogRecord, Filters, ScopeReport, SourceObjectKind, SqlSource } from '@tributary/workflow-contracts/sql-metadata';

/** How to sign in to a PostgreSQL server. */
export interface CatalogConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Absent for trust, peer or certificate authentication. */
  readonly password?: Secret;
  readonly database: string;
  readonly sslMode: NonNullable<SqlSource['sslMode']>;
  /** What the server's administrator sees in pg_stat_activity; cut by the server to 63 bytes. */
  readonly applicationName: string;
  /** Time-out of every statement, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** Time to reach the server and sign in, in milliseconds. @default 15000 */
  readonly connectTimeoutMs?: number;
  /** Learns the password while the session is open, so that logs and errors elsewhere are scrubbed of it too. */
  readonly scrubber?: CredentialScrubber;
  /** Cancels the running statement and closes the session; calls reject with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The part of `SecretScrubber` that a session needs. */
export interface CredentialScrubber {
  /** Registers a value to be replaced wherever it turns up; the result forgets it again. */
  add(secret: Secret | string): () => void;
}

/** What is read of a database. */
export interface CatalogScope {
  /** Must be the database that the session is signed in to. */
  readonly database: string;
  readonly filters: Filters;
  /** Read exact sizes, which costs more than everything else. @default false */
  readonly relationSizes?: boolean;
}

/** Place in the list of one kind: JSON, made by `cursorOf`. */
export type CatalogCursor = readonly (string | number)[];

export interface ReadOptions {
  /** Start behind this place instead of at the beginning. */
  readonly after?: CatalogCursor;
  /** Records per fetch, and so per yielded array, at most: fewer of those that are big. @default 2000 */
  readonly batchSize?: number;
}

/** What there is to read of a kind. */
export interface Survey {
  readonly records: number;
  /** Digest of relations by oid and name: the same in two sessions that saw the same ones. */
  readonly relations: string;
}

/** A database of the server. */
export interface DatabaseInfo {
  readonly name: string;
  readonly connectable: boolean;
  /** Why it is not connectable. */
  readonly reason?: string;
  /** Statement that would mend it. */
  readonly fix?: string;
}

/** Place in a list by name: JSON, taken from an item of it. Holds for later sessions too. */
export type ListPlace = readonly (string | number)[];

export interface ListOptions {
  /** Items at most. */
  readonly limit: number;
  /** Start behind this place. */
  readonly after?: ListPlace | undefined;
  /** Part of the name, in either case. */
  readonly search?: string | undefined;
}

/** A schema or an object as lists show it. */
export interface ListedItem {
  readonly name: string;
  readonly place: ListPlace;
  /** Whether the filters let it through, as reading has it. */
  readonly selected: boolean;
  /** Whether the role has USAGE on the schema. */
  readonly usable: boolean;
  /** At most 500 characters; a longer one ends in `…`. */
  readonly comment: string | null;
}

export interface ListedObject extends ListedItem {
  readonly schema: string;
  readonly kind: SourceObjectKind;
  /** Argument types of a routine; null for others. */
  readonly signature: string | null;
  /** The planner's estimate of rows; null where it has none. */
  readonly rowEstimate: number | null;
}

/** Objects of a database that filters can name. */
export interface ObjectCounts {
  readonly all: number;
  /** Those that the filters let through. */
  readonly selected: number;
}

/**
 * One connection in one read-only snapshot of the catalog. Calls follow one another: end or leave a `read` before the
 * next call.
 * @throws CodedError of any call: SQL_STATEMENT_TIMEOUT, SQL_LOCK_TIMEOUT, SQL_PERMISSION_DENIED, SQL_CONNECTION_LOST,
 * SQL_CATALOG_CHANGED, SQL_QUERY_FAILED, SQL_FILTER_INVALID, SQL_CURSOR_INVALID
 */
export interface CatalogSession {
  /** `18.4` */
  readonly serverVersion: string;
  /** Databases that the filters let through, by name; templates are left out. */
  databases(filters: Filters): Promise<DatabaseInfo[]>;
  /** Records of a kind, counted apart from reading them, under the same filters in the same snapshot. */
  count(kind: CatalogKind, scope: CatalogScope): Promise<number>;
  /** The records of every kind, counted in one statement. */
  counts(scope: CatalogScope): Promise<Readonly<Record<CatalogKind, number>>>;
  /** Records at or before `cursor`: equal to those already read when a resumed read continues the same list. */
  countUpTo(kind: CatalogKind, scope: CatalogScope, cursor: CatalogCursor): Promise<number>;
  /** The records of a kind, counted in one statement with the digest of the relations that the snapshot has. */
  survey(kind: CatalogKind, scope: CatalogScope): Promise<Survey>;
  /** Streams the records of a kind in ascending order of their cursors, in bounded memory. */
  read<K extends CatalogKind>(kind: K, scope: CatalogScope, options?: ReadOptions): AsyncIterable<CatalogRecord<K>[]>;
  /** Schemas by name, whatever the filters say of them, without those of the server itself. */
  listSchemas(scope: CatalogScope, options: ListOptions): Promise<ListedItem[]>;
  /** Objects by schema and name, of all schemas or of one, whatever the filters say of them. */
  listObjects(scope: CatalogScope, options: ListOptions & { readonly schema?: string | undefined }): Promise<ListedObject[]>;
  /** Counts what `listObjects` lists. */
  countObjects(scope: CatalogScope): Promise<ObjectCounts>;
  /** What the role may not read of the database, with the statements that would mend it. */
  reports(scope: CatalogScope): Promise<ScopeReport[]>;
  /** Statements sent so far, those of signing in and every fetch included. */
  readonly statements: number;
  /** Ends the snapshot and the connection; never rejects, and may be called again. */
  close(): Promise<void>;
}
