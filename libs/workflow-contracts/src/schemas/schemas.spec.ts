import { isSecretRef, type ObjectRef } from '@tributary/common';
import Ajv from 'ajv';
import type { ExtractionManifest, ExtractionProgress, ExtractSqlMetadataInput } from '../sql-metadata/index.js';
import { ExtractionManifestSchema, ExtractionProgressSchema, ExtractSqlMetadataInputSchema, ObjectRefSchema } from './index.js';

const ajv = new Ajv({ strict: true, allErrors: true });
const acceptsInput = ajv.compile(ExtractSqlMetadataInputSchema);

const MINIMAL: ExtractSqlMetadataInput = {
  connection: { name: 'Warehouse', qualifiedName: 'default/postgres/1745501106' },
  source: { type: 'postgres', host: 'db.example.com', user: 'reader' },
};

const source = (part: object) => ({ ...MINIMAL, source: { ...MINIMAL.source, ...part } });
const connection = (part: object) => ({ ...MINIMAL, connection: { ...MINIMAL.connection, ...part } });

describe('the schema of the extraction input', () => {
  it.each<[string, unknown]>([
    ['the least there can be', MINIMAL],
    ['a secret reference', source({ password: 'secret://local/warehouse#password' })],
    ['an IPv6 address', source({ host: '::1' })],
    ['the folder of a socket', source({ host: '/var/run/postgresql' })],
    ['a role with odd characters', source({ user: 'Rôle "x" \\ 🦆' })],
    ['filters', { ...MINIMAL, filters: { include: [{ database: 's*', schema: 'a\\*b' }], exclude: [{ object: '?' }] } }],
    ['every option', {
      ...MINIMAL,
      options: { rawRecords: true, relationSizes: false, shardRecords: 1, statementTimeoutMs: 1, quarantineThreshold: 1 },
    }],
  ])('accepts %s', (_, input) => {
    expect([acceptsInput(input), acceptsInput.errors]).toEqual([true, null]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', {}, ''],
    ['an unknown property', { ...MINIMAL, extra: 1 }, ''],
    ['a password in the open', source({ password: 'hunter2' }), '/source/password'],
    ['a URL as host', source({ host: 'postgres://db.example.com' }), '/source/host'],
    ['a host with its port', source({ host: 'db.example.com:5432' }), '/source/host'],
    ['an empty host', source({ host: '' }), '/source/host'],
    ['a port as text', source({ port: '5432' }), '/source/port'],
    ['port 0', source({ port: 0 }), '/source/port'],
    ['another database system', source({ type: 'oracle' }), '/source/type'],
    ['a name with NUL', source({ database: 'a\u0000b' }), '/source/database'],
    ['a qualified name that climbs', connection({ qualifiedName: 'default/../../x' }), '/connection/qualifiedName'],
    ['a qualified name with an empty segment', connection({ qualifiedName: 'default//x' }), '/connection/qualifiedName'],
    ['a connection name with a line break', connection({ name: 'a\nb' }), '/connection/name'],
    ['a glob that ends in a backslash', { ...MINIMAL, filters: { include: [{ schema: 'a\\' }] } }, '/filters/include/0/schema'],
    ['an empty filter rule', { ...MINIMAL, filters: { exclude: [{}] } }, '/filters/exclude/0'],
    ['too many rules', { ...MINIMAL, filters: { include: Array(101).fill({ schema: 'a' }) } }, '/filters/include'],
    ['a threshold above 1', { ...MINIMAL, options: { quarantineThreshold: 1.1 } }, '/options/quarantineThreshold'],
    ['no records per shard', { ...MINIMAL, options: { shardRecords: 0 } }, '/options/shardRecords'],
  ])('refuses %s', (_, input, pointer) => {
    expect(acceptsInput(input)).toBe(false);
    expect(acceptsInput.errors?.map(({ instancePath }) => instancePath)).toContain(pointer);
  });

  it.each([
    'secret://local/warehouse',
    'secret://local/warehouse#password',
    'secret://local/team/warehouse#key-1',
    'secret://local',
    'secret:///name',
    'secret://local/warehouse#',
    'secret://lo cal/warehouse',
    'https://local/warehouse',
    `secret://${'a'.repeat(64)}/b`,
  ])('agrees with the parser on whether %s is a secret reference', (text) => {
    expect(acceptsInput(source({ password: text }))).toBe(isSecretRef(text));
  });
});

describe('the other schemas', () => {
  const ref: ObjectRef = { uri: 'a/b', sha256: '0'.repeat(64), bytes: 1, records: 1 };

  it('accept what the interfaces allow', () => {
    const progress: ExtractionProgress = {
      phase: 'extracting',
      done: 1,
      total: 2,
      rate: 0.5,
      phaseMillis: { checking: 12 },
      batches: [{ database: 'sales', kind: 'column', state: 'running', done: 1, total: 2 }],
    };
    const manifest: ExtractionManifest = {
      formatVersion: 1,
      workflowId: 'w',
      runId: 'r',
      connection: MINIMAL.connection,
      source: { type: 'postgres', host: 'h', port: 5432, serverVersion: '18.4', databases: ['sales'] },
      filters: {},
      startedAt: '2026-11-01T00:00:00.000Z',
      finishedAt: '2026-11-01T00:00:01Z',
      tool: { name: 'tributary', version: '0.1.0' },
      counts: [{ database: 'sales', kind: 'column', source: 2, raw: 2, entities: 1, quarantined: 1 }],
      entities: { Column: 1 },
      quarantine: [{ code: 'X', count: 1 }],
      reports: [{ scope: { database: 'sales' }, verdict: 'partial', reason: 'r', fix: 'GRANT …', count: 1 }],
      shards: [{ ...ref, content: 'entities', database: 'sales', kind: 'column', typeName: 'Column' }],
    };
    expect(ajv.validate(ExtractionProgressSchema, progress)).toBe(true);
    expect(ajv.validate(ExtractionManifestSchema, manifest)).toBe(true);
    expect(ajv.validate(ExtractionManifestSchema, { ...manifest, startedAt: '2026-11-01 00:00' })).toBe(false);
    expect(ajv.validate(ObjectRefSchema, { ...ref, sha256: 'ABC' })).toBe(false);
  });
});
