import type { CatalogKind } from './kinds.js';

/** What every record says about where it was found. Names are as the source spells them, unquoted. */
interface InDatabase {
  /** Identity within its catalog, and what records of a kind are ordered by. */
  readonly oid: number;
  readonly database: string;
}

interface InSchema extends InDatabase {
  readonly schema: string;
}

/** Type of a relation that has columns. */
export type RelationType = 'table' | 'partitioned-table' | 'foreign-table' | 'view' | 'materialized-view';

/** A relation that a record belongs to or points at. */
export interface RelationPointer {
  readonly schema: string;
  readonly name: string;
  readonly type: RelationType;
  /** Whether it is a partition of another table. */
  readonly isPartition: boolean;
}

export interface DatabaseRecord extends InDatabase {
  readonly owner: string;
  readonly comment: string | null;
  readonly encoding: string;
  readonly collation: string | null;
  readonly characterType: string | null;
  readonly tablespace: string;
  /** Bytes on disk; null unless sizes were asked for and the role may see them. */
  readonly sizeBytes: number | null;
  /** Schemas that the filters let through. */
  readonly schemaCount: number;
}

export interface SchemaRecord extends InDatabase {
  readonly name: string;
  readonly owner: string;
  readonly comment: string | null;
  /** Tables, partitions and foreign tables that the filters let through. */
  readonly tableCount: number;
  /** Views and materialized views that the filters let through. */
  readonly viewCount: number;
}

export interface RelationRecord extends InSchema {
  readonly name: string;
  readonly type: RelationType;
  readonly owner: string;
  readonly comment: string | null;
  readonly columnCount: number;
  /** The planner's estimate of rows; null when the relation was never analyzed. */
  readonly rowEstimate: number | null;
  /** Bytes of the main fork at the last vacuum or analyze; null where nothing is stored. */
  readonly byteEstimate: number | null;
  /** Bytes with indexes and TOAST; null unless sizes were asked for. */
  readonly totalBytes: number | null;
  readonly persistence: 'permanent' | 'unlogged' | 'temporary';
  readonly isPartition: boolean;
  /** The table that it is a partition of. */
  readonly partitionOf: RelationPointer | null;
  /** `FOR VALUES …` or `DEFAULT`. */
  readonly partitionBound: string | null;
  readonly partitionStrategy: 'list' | 'range' | 'hash' | null;
  /** Expressions and columns that it is partitioned by: `RANGE (ordered_at)`. */
  readonly partitionKey: string | null;
  /** Columns and expressions of that key; 0 when it is not partitioned. */
  readonly partitionKeySize: number;
  /** Partitions directly below it; 0 when it is not partitioned. */
  readonly partitionCount: number;
  /** Tables that it inherits from otherwise than as a partition: quoted names, in order. */
  readonly inherits: readonly string[] | null;
  readonly foreignServer: string | null;
  readonly foreignDataWrapper: string | null;
  /** `name=value` of a foreign table; values of options that may hold credentials are masked. */
  readonly foreignOptions: readonly string[] | null;
  /** Query of a view or materialized view. */
  readonly definition: string | null;
  /** False for a materialized view that holds no data yet. */
  readonly isPopulated: boolean;
  readonly hasIndexes: boolean;
  readonly hasTriggers: boolean;
  readonly hasRules: boolean;
  readonly rowSecurity: boolean;
  readonly rowSecurityForced: boolean;
  /** Composite type of a typed table. */
  readonly ofType: string | null;
  readonly accessMethod: string | null;
  /** Null for the database's default. */
  readonly tablespace: string | null;
  /** Storage parameters and view options: `name=value`. */
  readonly options: readonly string[] | null;
}

export interface ColumnRecord extends InSchema {
  /** Identity of the relation; the column's own is `oid` with `attributeNumber`. */
  readonly oid: number;
  readonly attributeNumber: number;
  readonly relation: string;
  readonly relationType: RelationType;
  readonly isPartition: boolean;
  readonly name: string;
  /** 1 for the first column; dropped columns leave no gap. */
  readonly position: number;
  /** As SQL writes it, with modifiers: `character varying(20)`, `sales.mood[]`. */
  readonly type: string;
  /** The same without modifiers. */
  readonly typeName: string;
  /** What a domain is made of, as SQL writes it. */
  readonly baseType: string | null;
  /** Labels of an enum, in order. */
  readonly enumLabels: readonly string[] | null;
  /** Characters or bits at most. */
  readonly length: number | null;
  /** Digits of a number, or of the seconds' fraction of a time. */
  readonly precision: number | null;
  readonly scale: number | null;
  readonly nullable: boolean;
  readonly defaultValue: string | null;
  readonly identity: 'always' | 'by default' | null;
  readonly generated: 'stored' | 'virtual' | null;
  readonly generationExpression: string | null;
  /** Null for the type's own collation. */
  readonly collation: string | null;
  readonly comment: string | null;
  /** Whether a primary key has it. */
  readonly isPrimaryKey: boolean;
  /** Whether a foreign key has it. */
  readonly isForeignKey: boolean;
  /** Whether a unique constraint has it. */
  readonly isUnique: boolean;
  /** Whether it is one of the columns that its table is partitioned by. */
  readonly isPartitionKey: boolean;
}

export type ConstraintType = 'primary-key' | 'foreign-key' | 'unique' | 'check' | 'exclusion';
export type ForeignKeyAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export interface ConstraintRecord extends InSchema {
  readonly relation: string;
  readonly relationType: RelationType;
  readonly isPartition: boolean;
  readonly name: string;
  readonly type: ConstraintType;
  /** In the order of the constraint; null for a check of no column. */
  readonly columns: readonly string[] | null;
  readonly target: RelationPointer | null;
  /** Columns of the target, paired with `columns`. */
  readonly targetColumns: readonly string[] | null;
  readonly onUpdate: ForeignKeyAction | null;
  readonly onDelete: ForeignKeyAction | null;
  readonly match: 'simple' | 'full' | 'partial' | null;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  /** False while existing rows are unchecked (NOT VALID). */
  readonly validated: boolean;
  readonly enforced: boolean;
  /** Condition of a check. */
  readonly expression: string | null;
  /** As SQL writes it: `FOREIGN KEY (a) REFERENCES s.t(b) ON DELETE CASCADE`. */
  readonly definition: string;
  readonly comment: string | null;
}

export interface IndexRecord extends InSchema {
  readonly relation: string;
  readonly relationType: RelationType;
  readonly isPartition: boolean;
  readonly name: string;
  readonly method: string;
  readonly unique: boolean;
  readonly primary: boolean;
  readonly exclusion: boolean;
  readonly valid: boolean;
  readonly nullsNotDistinct: boolean;
  /** Key columns in order; null stands for an expression. */
  readonly columns: readonly (string | null)[];
  /** INCLUDE columns. */
  readonly includes: readonly string[] | null;
  /** The key's expressions in order, separated by `, `. */
  readonly expressions: string | null;
  /** Condition of a partial index. */
  readonly predicate: string | null;
  readonly definition: string;
  /** Null for the database's default. */
  readonly tablespace: string | null;
  readonly comment: string | null;
}

export interface SequenceRecord extends InSchema {
  readonly name: string;
  readonly owner: string;
  readonly comment: string | null;
  readonly type: string;
  /** Decimal digits: bounds of a bigint sequence do not fit a number of JavaScript. */
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cache: string;
  readonly cycle: boolean;
  /** Column that it belongs to, by OWNED BY or as identity. */
  readonly ownedBy: { readonly relation: RelationPointer; readonly column: string; readonly identity: boolean } | null;
}

export interface RoutineRecord extends InSchema {
  readonly name: string;
  readonly type: 'function' | 'procedure' | 'aggregate' | 'window';
  readonly owner: string;
  readonly comment: string | null;
  /** Input types, `integer, text`: with the name, what tells overloads apart. */
  readonly signature: string;
  /** Arguments with modes, names, types and defaults. */
  readonly arguments: string;
  /** Null for a procedure. */
  readonly resultType: string | null;
  readonly language: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly parallel: 'safe' | 'restricted' | 'unsafe';
  readonly securityDefiner: boolean;
  readonly strict: boolean;
  readonly leakproof: boolean;
  readonly returnsSet: boolean;
  /** Source text; null for an aggregate. */
  readonly body: string | null;
  /** Extension that it belongs to. */
  readonly extension: string | null;
}

/** Record of each kind: one row of its catalog query. */
export interface CatalogRecords {
  readonly database: DatabaseRecord;
  readonly schema: SchemaRecord;
  readonly relation: RelationRecord;
  readonly column: ColumnRecord;
  readonly constraint: ConstraintRecord;
  readonly index: IndexRecord;
  readonly sequence: SequenceRecord;
  readonly routine: RoutineRecord;
}

export type CatalogRecord<K extends CatalogKind = CatalogKind> = CatalogRecords[K];
