export interface CatalogColumn {
  readonly name: string;
  readonly order: number;
  /** As SQL writes it. */
  readonly type: string;
  readonly nullable: boolean;
  readonly primary: boolean;
  readonly foreign: boolean;
  readonly defaultValue?: string | undefined;
  readonly description?: string | undefined;
}

export interface CatalogReference {
  /** Qualified name of the table that is referenced; it need not be in the catalog. */
  readonly table: string;
  readonly tableName: string;
  readonly columns: readonly string[];
  readonly onUpdate: string;
  readonly onDelete: string;
}

/** A constraint or an index of a table. */
export interface CatalogKey {
  /** Type of the entity: PrimaryKey, ForeignKey, UniqueConstraint, CheckConstraint, ExclusionConstraint, Index. */
  readonly type: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly definition: string;
  readonly references?: CatalogReference;
}

/** A table, partition, foreign table, view or materialized view. */
export interface CatalogTable {
  readonly qualifiedName: string;
  /** Type of the entity: Table, View, … */
  readonly type: string;
  readonly name: string;
  readonly schema: string;
  readonly database: string;
  readonly schemaQualifiedName: string;
  readonly description?: string | undefined;
  readonly owner?: string | undefined;
  readonly rows?: number | undefined;
  readonly bytes?: number | undefined;
  /** Statement of a view. */
  readonly definition?: string | undefined;
  /** Qualified name of the table that it is a partition of. */
  readonly partitionOf?: string | undefined;
  /** FOR VALUES … */
  readonly bound?: string | undefined;
  readonly inherits: readonly string[];
  /** In their order. */
  readonly columns: readonly CatalogColumn[];
  readonly keys: readonly CatalogKey[];
}

export interface CatalogSchema {
  readonly qualifiedName: string;
  readonly name: string;
  readonly database: string;
  readonly description?: string | undefined;
  /** By name. */
  readonly tables: readonly CatalogTable[];
  /** How many of what is no table, by type of the entity: Function, Procedure, Sequence. */
  readonly others: Readonly<Record<string, number>>;
}

/** What an extraction found, as far as it was read. */
export interface Catalog {
  /** By database and name. */
  readonly schemas: readonly CatalogSchema[];
  /** By qualified name. */
  readonly tables: ReadonlyMap<string, CatalogTable>;
  /** How many entities of each type were read. */
  readonly counts: Readonly<Record<string, number>>;
}

export const TABLE_TYPES: readonly string[] = ['Table', 'TablePartition', 'ForeignTable', 'View', 'MaterialisedView'];
export const KEY_TYPES: readonly string[] = ['PrimaryKey', 'ForeignKey', 'UniqueConstraint', 'CheckConstraint', 'ExclusionConstraint', 'Index'];

/** Whether names are clear only with their database. */
export function hasSeveralDatabases({ schemas }: Catalog): boolean {
  return new Set(schemas.map(({ database }) => database)).size > 1;
}
