import { KEY_TYPES, TABLE_TYPES, type Catalog, type CatalogColumn, type CatalogKey, type CatalogSchema, type CatalogTable } from './catalog.js';

/** A line of a shard of entities, as docs/entities.md has it. */
export interface EntityLine {
  readonly typeName: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly customAttributes?: Readonly<Record<string, unknown>>;
}

type Table = Omit<CatalogTable, 'columns' | 'keys'>;

/** Puts a catalog together from entities in any order; keeps of them what is shown, and no more. */
export class CatalogBuilder {
  private readonly schemas = new Map<string, Omit<CatalogSchema, 'tables' | 'others'>>();
  private readonly others = new Map<string, Record<string, number>>();
  private readonly tables = new Map<string, Table>();
  private readonly columns = new Map<string, CatalogColumn[]>();
  private readonly keys = new Map<string, CatalogKey[]>();
  private readonly counts: Record<string, number> = {};

  add({ typeName, attributes: of, customAttributes: own = {} }: EntityLine): void {
    this.counts[typeName] = (this.counts[typeName] ?? 0) + 1;
    const owner = text(of['tableQualifiedName']) ?? text(of['viewQualifiedName']) ?? '';
    if (typeName === 'Schema') this.schemas.set(name(of, 'qualifiedName'), schemaOf(of));
    else if (TABLE_TYPES.includes(typeName)) this.tables.set(name(of, 'qualifiedName'), tableOf(typeName, of, own));
    else if (typeName === 'Column') push(this.columns, owner, columnOf(of));
    else if (KEY_TYPES.includes(typeName)) push(this.keys, owner, keyOf(typeName, of));
    else if (typeName !== 'Database') {
      const schema = name(of, 'schemaQualifiedName');
      const counted = this.others.get(schema) ?? {};
      this.others.set(schema, { ...counted, [typeName]: (counted[typeName] ?? 0) + 1 });
    }
  }

  catalog(): Catalog {
    const tables = new Map<string, CatalogTable>();
    const bySchema = new Map<string, CatalogTable[]>();
    for (const [qualifiedName, table] of this.tables) {
      const columns = [...(this.columns.get(qualifiedName) ?? [])].sort((a, b) => a.order - b.order);
      const keys = [...(this.keys.get(qualifiedName) ?? [])].sort((a, b) => KEY_TYPES.indexOf(a.type) - KEY_TYPES.indexOf(b.type) || byName(a, b));
      const whole = { ...table, columns, keys };
      tables.set(qualifiedName, whole);
      push(bySchema, table.schemaQualifiedName, whole);
      // The shard of the schemas may lie behind the limit.
      if (!this.schemas.has(table.schemaQualifiedName)) {
        this.schemas.set(table.schemaQualifiedName, { qualifiedName: table.schemaQualifiedName, name: table.schema, database: table.database });
      }
    }
    const schemas = [...this.schemas.values()]
      .map((schema) => ({ ...schema, tables: (bySchema.get(schema.qualifiedName) ?? []).sort(byName), others: this.others.get(schema.qualifiedName) ?? {} }))
      .sort((a, b) => a.database.localeCompare(b.database) || byName(a, b));
    return { schemas, tables, counts: this.counts };
  }
}

type Attributes = EntityLine['attributes'];

function schemaOf(of: Attributes): Omit<CatalogSchema, 'tables' | 'others'> {
  return { qualifiedName: name(of, 'qualifiedName'), name: name(of, 'name'), database: name(of, 'databaseName'), description: text(of['description']) };
}

function tableOf(type: string, of: Attributes, own: Attributes): Table {
  return {
    qualifiedName: name(of, 'qualifiedName'),
    type,
    name: name(of, 'name'),
    schema: name(of, 'schemaName'),
    database: name(of, 'databaseName'),
    schemaQualifiedName: name(of, 'schemaQualifiedName'),
    description: text(of['description']),
    owner: text(of['sourceOwners']),
    rows: number(of['rowCount']),
    bytes: number(of['sizeBytes']),
    definition: text(of['definition']),
    partitionOf: referenced(of['parentTable']) ?? referenced(of['parentTablePartition']),
    bound: text(of['constraint']),
    inherits: texts(own['inherits']),
  };
}

function columnOf(of: Attributes): CatalogColumn {
  return {
    name: name(of, 'name'),
    order: number(of['order']) ?? 0,
    type: text(of['rawDataTypeDefinition']) ?? name(of, 'dataType'),
    nullable: of['isNullable'] === true,
    primary: of['isPrimary'] === true,
    foreign: of['isForeign'] === true,
    defaultValue: text(of['defaultValue']),
    description: text(of['description']),
  };
}

function keyOf(type: string, of: Attributes): CatalogKey {
  const key = { type, name: name(of, 'name'), columns: texts(of['columnNames']), definition: name(of, 'definition') };
  const table = text(of['referencedTableQualifiedName']);
  if (table === undefined) return key;
  return {
    ...key,
    references: {
      table,
      tableName: name(of, 'referencedTableName'),
      columns: texts(of['referencedColumnNames']),
      onUpdate: name(of, 'onUpdate'),
      onDelete: name(of, 'onDelete'),
    },
  };
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function name(of: Attributes, attribute: string): string {
  return text(of[attribute]) ?? '';
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function referenced(value: unknown): string | undefined {
  const { uniqueAttributes } = (value ?? {}) as { readonly uniqueAttributes?: { readonly qualifiedName?: unknown } };
  return text(uniqueAttributes?.qualifiedName);
}
