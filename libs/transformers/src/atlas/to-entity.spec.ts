import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG_KINDS, ENTITY_TYPES, type CatalogKind, type CatalogRecord, type EntityType } from '@tributary/workflow-contracts/sql-metadata';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { AtlasEntity, EntityContext } from './entity.js';
import { entitySchema } from './model/index.js';
import { parseQualifiedName } from './qualified-name.js';
import { toEntity } from './to-entity.js';

const testdata = (name: string): string => join(__dirname, 'testdata', name);
const records = JSON.parse(readFileSync(testdata('records.json'), 'utf8')) as Record<CatalogKind, CatalogRecord[]>;
const context: EntityContext = {
  connectionName: 'shop',
  connectionQualifiedName: 'default/postgres/1745501106',
  tenantId: 'default',
  lastSyncWorkflowName: 'extract-shop',
  lastSyncRun: '019667f9-0000-7000-8000-000000000000',
  lastSyncRunAt: 1_793_000_000_000,
  connectorName: 'postgres',
};

/** Entities as a reader of the JSON sees them. */
const published = (entity: AtlasEntity): AtlasEntity => JSON.parse(JSON.stringify(entity)) as AtlasEntity;
const entitiesOf = (kind: CatalogKind): AtlasEntity[] => records[kind].map((record) => published(toEntity(kind, record, context)));
const all = CATALOG_KINDS.flatMap(entitiesOf);

describe('entities of real catalog records', () => {
  // Run with UPDATE_GOLDEN=1 to take the output over, then review the diff.
  it('are those that are committed', () => {
    const file = testdata('entities.json');
    if (process.env['UPDATE_GOLDEN']) writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
    expect(all).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('have every entity type', () => {
    expect([...new Set(all.map(({ typeName }) => typeName))].sort()).toEqual([...ENTITY_TYPES].sort());
  });

  it.each(ENTITY_TYPES)('of type %s are valid by its schema', (typeName) => {
    const validate = validatorOf(typeName);
    for (const entity of all.filter((candidate) => candidate.typeName === typeName)) {
      expect({ name: entity.attributes.name, errors: validate(entity) ? [] : validate.errors }).toEqual({ name: entity.attributes.name, errors: [] });
    }
  });

  it('never hold null, and have distinct qualified names that can be taken apart', () => {
    expect(JSON.stringify(all.map(({ attributes }) => attributes))).not.toContain(':null');
    const names = all.map(({ attributes }) => attributes.qualifiedName);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(() => parseQualifiedName(context.connectionQualifiedName, name)).not.toThrow();
  });

  it('refer to relations by the type and name that those have', () => {
    const byName = new Map(all.map(({ typeName, attributes }) => [attributes.qualifiedName, typeName]));
    const references = [...JSON.stringify(all).matchAll(/\{"typeName":"(\w+)","attributes":\{\},"uniqueAttributes":\{"qualifiedName":("(?:[^"\\]|\\.)*")\}\}/g)];
    const resolved = references.map(([, typeName, json]) => [typeName, byName.get(JSON.parse(json ?? '""') as string)]).filter(([, found]) => found);
    expect(resolved.length).toBeGreaterThan(30);
    for (const [typeName, found] of resolved) expect(typeName).toBe(found);
  });
});

describe('a schema', () => {
  it.each(ENTITY_TYPES)('of type %s refuses an unknown attribute and a missing one', (typeName) => {
    const validate = validatorOf(typeName);
    const entity = all.find((candidate) => candidate.typeName === typeName);
    const { attributes } = entity ?? { attributes: {} };
    expect(validate({ ...entity, attributes: { ...attributes, surprise: 1 } })).toBe(false);
    expect(validate({ ...entity, attributes: { ...attributes, qualifiedName: undefined } })).toBe(false);
  });
});

describe('a record that no entity can be made of', () => {
  const [column] = records.column;
  const [foreignKey] = records.constraint.filter((record) => (record as { type?: string }).type === 'foreign-key');
  const [partition] = records.relation.filter((record) => (record as { isPartition?: boolean }).isPartition);
  const [view] = records.relation.filter((record) => (record as { type?: string }).type === 'view');

  it.each<[string, CatalogKind, object | undefined, object]>([
    ['type', 'column', column, { type: '???' }],
    ['name', 'column', column, { name: '' }],
    ['target', 'constraint', foreignKey, { target: null }],
    ['targetColumns', 'constraint', foreignKey, { targetColumns: ['one'] }],
    ['definition', 'constraint', foreignKey, { definition: null }],
    ['partitionOf', 'relation', partition, { partitionOf: null }],
    ['definition', 'relation', view, { definition: null }],
  ])('names the field %s of kind %s, to be quarantined', (field, kind, record, change) => {
    expect(record).toBeDefined();
    expect(() => toEntity(kind, { ...record, ...change } as CatalogRecord, context)).toThrow(
      expect.objectContaining({ code: 'RECORD_INVALID', recovery: 'skip', message: expect.stringContaining(`"${field}"`) as string }) as Error,
    );
  });
});

function validatorOf(typeName: EntityType): ValidateFunction {
  return new Ajv2020({ strict: true }).compile(entitySchema(typeName));
}
