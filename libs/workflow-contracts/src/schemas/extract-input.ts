import { Type } from '@sinclair/typebox';
import { closed, oneOf, secretRef, sqlName } from './building-blocks.js';
import { FiltersSchema } from './filters.js';

/** Atlas connection that entities belong to. */
export const ConnectionSchema = closed(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[^\\u0000-\\u001f\\u007f]+$',
      description: 'Name that people see.',
      examples: ['Warehouse'],
    }),
    qualifiedName: Type.String({
      maxLength: 255,
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*$',
      description: 'First segments of every qualified name.',
      examples: ['default/postgres/1745501106'],
    }),
  },
  { title: 'Connection' },
);

/** Schema of `SqlSource`. */
export const SqlSourceSchema = closed(
  {
    type: Type.Literal('postgres'),
    host: Type.String({
      minLength: 1,
      maxLength: 253,
      pattern: '^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\\.?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+|/[A-Za-z0-9._/-]*)$',
      description: 'Host name, IP address, or the folder of a Unix socket. No URL, no user, no port.',
      examples: ['warehouse.example.com'],
    }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535, default: 5432 })),
    user: sqlName('Role to sign in as.'),
    password: Type.Optional(secretRef('Reference to the password; absent for trust, peer or certificate authentication.')),
    database: Type.Optional(
      Type.String({
        ...sqlName('Database to sign in to, and the only one extracted unless allDatabases.'),
        default: 'postgres',
      }),
    ),
    allDatabases: Type.Optional(
      Type.Boolean({ default: false, description: 'Extract every database that the role may connect to, subject to the filters.' }),
    ),
    sslMode: Type.Optional(
      oneOf(['disable', 'prefer', 'require', 'verify-full'], {
        default: 'prefer',
        description: "TLS towards the server, in libpq's terms.",
      }),
    ),
  },
  { title: 'SqlSource', description: 'Where the catalog is read from.' },
);

const OptionsSchema = closed({
  rawRecords: Type.Optional(Type.Boolean({ default: false, description: 'Keep the raw catalog records beside the entities.' })),
  relationSizes: Type.Optional(
    Type.Boolean({ default: false, description: 'Read sizes with pg_total_relation_size, which costs more than everything else.' }),
  ),
  shardRecords: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000, default: 50_000, description: 'Records per shard.' }),
  ),
  statementTimeoutMs: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 86_400_000,
      default: 30_000,
      description: 'Statement time-out of each catalog query in milliseconds.',
    }),
  ),
  quarantineThreshold: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      default: 0.01,
      description: 'Fraction of records of a batch that may be quarantined before the run fails.',
    }),
  ),
});

/** Schema of `ExtractSqlMetadataInput`, the input of workflow `extractSqlMetadata`. */
export const ExtractSqlMetadataInputSchema = closed(
  {
    connection: ConnectionSchema,
    source: SqlSourceSchema,
    filters: Type.Optional(FiltersSchema),
    options: Type.Optional(OptionsSchema),
  },
  {
    title: 'ExtractSqlMetadataInput',
    description: 'Input of workflow extractSqlMetadata. Holds references to credentials, never credentials.',
    examples: [
      {
        connection: { name: 'Warehouse', qualifiedName: 'default/postgres/1745501106' },
        source: {
          type: 'postgres',
          host: 'warehouse.example.com',
          user: 'catalog_reader',
          password: 'secret://local/warehouse#password',
          database: 'sales',
        },
        filters: { exclude: [{ schema: 'tmp_*' }] },
      },
    ],
  },
);
