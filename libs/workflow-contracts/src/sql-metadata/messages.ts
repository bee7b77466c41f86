import type { ObjectRef, SecretRef } from '@tributary/common';

/** Where the catalog is read from. Holds a reference to the password, never the password. */
export interface SqlSource {
  readonly type: 'postgres';
  readonly host: string;
  /** @default 5432 */
  readonly port?: number;
  readonly user: string;
  /** Reference to the password; absent for trust, peer or certificate authentication. */
  readonly password?: SecretRef;
  /** Database to sign in to, and the only one extracted unless `allDatabases`. @default "postgres" */
  readonly database?: string;
  /** Extract every database that the role may connect to, subject to the filters. @default false */
  readonly allDatabases?: boolean;
  /** TLS towards the server, in libpq's terms. @default "prefer" */
  readonly sslMode?: 'disable' | 'prefer' | 'require' | 'verify-full';
}

/**
 * One pattern per level; an absent level matches everything. A pattern is a glob, anchored at both ends and case
 * sensitive: `*` any run of characters, `?` one character, `\` takes the next character literally.
 */
export interface FilterRule {
  readonly database?: string;
  readonly schema?: string;
  /** Table, view, sequence or routine name. */
  readonly object?: string;
}

/** An object is in when some include rule matches (or there is none) and no exclude rule does. */
export interface Filters {
  readonly include?: readonly FilterRule[];
  readonly exclude?: readonly FilterRule[];
}

/** Input of `extractSqlMetadata`. */
export interface ExtractSqlMetadataInput {
  /** Atlas connection that the entities belong to. */
  readonly connection: {
    readonly name: string;
    /** First segments of every qualified name: `default/postgres/1745501106`. */
    readonly qualifiedName: string;
  };
  readonly source: SqlSource;
  readonly filters?: Filters;
  readonly options?: {
    /** Keep the raw catalog records beside the entities. @default false */
    readonly rawRecords?: boolean;
    /** Read sizes with pg_total_relation_size, which costs more than everything else. @default false */
    readonly relationSizes?: boolean;
    /** Records per shard. @default 50000 */
    readonly shardRecords?: number;
    /** Statement time-out of each catalog query in milliseconds. @default 30000 */
    readonly statementTimeoutMs?: number;
    /** Fraction of records of a batch that may be quarantined before the run fails. @default 0.01 */
    readonly quarantineThreshold?: number;
  };
}

/** Result of `extractSqlMetadata`: small, and complete only when everything was verified and published. */
export interface ExtractSqlMetadataResult {
  readonly manifest: ObjectRef;
  /** Entities by type. */
  readonly entities: Readonly<Record<string, number>>;
  readonly quarantined: number;
  readonly warnings: number;
  readonly phaseMillis: Readonly<Record<string, number>>;
}
