import { Type, type TSchema } from '@sinclair/typebox';
import { ProblemSchema } from '../problems/problem-schema.js';
import type { SdkBody } from './credentials.js';

const open = (description: string, example: object) =>
  Type.Unsafe<SdkBody>({ type: 'object', additionalProperties: true, description, examples: [example] });

const CREDENTIALS = { authType: 'basic', host: 'warehouse.example.com', port: 5432, username: 'reader', password: 'secret://local/warehouse#password', database: 'sales' };
const METADATA = { 'include-filter': '{"^sales$":["^public$"]}', 'exclude-filter': '{}', 'temp-table-regex': '' };

export const authBody = open('Credentials: as an object, as a list of {key, value} under "credentials", or as properties of the body. The password is a reference.', {
  credentials: Object.entries(CREDENTIALS).map(([key, value]) => ({ key, value: String(value) })),
});
export const metadataBody = open('Credentials, with "type" (all, database, schema) and "database".', { ...CREDENTIALS, type: 'all' });
export const checkBody = open('Credentials and "metadata" with filters.', { credentials: CREDENTIALS, metadata: METADATA });
export const startBody = open('Credentials or credential_guid, connection, and metadata with filters; or workflow_id of a saved configuration.', {
  credentials: CREDENTIALS,
  connection: { connection_name: 'warehouse', connection_qualified_name: 'default/postgres/1745501106' },
  metadata: METADATA,
});
export const configBody = open('What start takes, or credentials whose password is a reference.', { metadata: METADATA });

export const configParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_.~-]{1,100}$', description: 'Any name.' }) });
export const configQuery = Type.Object(
  { type: Type.Optional(Type.Unsafe<'workflows' | 'credentials'>({ type: 'string', enum: ['workflows', 'credentials'], default: 'workflows' })) },
  { additionalProperties: false },
);
export const startQuery = Type.Object({ entrypoint: Type.Optional(Type.String({ maxLength: 100, description: 'extract-metadata, or absent.' })) }, { additionalProperties: false });
export const sdkRunParams = Type.Object({
  workflowId: Type.String({ minLength: 1, maxLength: 1000 }),
  runId: Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' }),
});

/** Envelope of the SDK's answers around their data. */
export function envelope<T extends TSchema>(data: T) {
  return Type.Object({ success: Type.Literal(true), message: Type.String(), data });
}

const anyData = Type.Unsafe<unknown>({ description: 'What the answer has besides, as it would have on success.' });

export const SdkProblemSchema = Type.Object(
  { ...ProblemSchema.properties, success: Type.Literal(false), message: Type.String(), data: Type.Optional(anyData) },
  { $id: 'SdkProblem', description: "Problem details (RFC 9457) with the members of the SDK's envelope." },
);

const outcome = Type.Object({ success: Type.Boolean(), message: Type.String(), successMessage: Type.String(), failureMessage: Type.String() });

export const SdkAuthSchema = Type.Object(
  { ...envelope(Type.Object({ status: Type.String(), message: Type.String(), identities: Type.Array(Type.String()), scopes: Type.Array(Type.String()) })).properties },
  { $id: 'SdkAuth' },
);
export const SdkMetadataSchema = Type.Object(
  envelope(Type.Array(Type.Object({ TABLE_CATALOG: Type.Optional(Type.String()), TABLE_SCHEMA: Type.Optional(Type.String()) }))).properties,
  { $id: 'SdkMetadata' },
);
export const SdkCheckSchema = Type.Object(
  envelope(Type.Object({ authenticationCheck: outcome, versionCheck: outcome, databaseSchemaCheck: outcome, tablesCheck: outcome })).properties,
  { $id: 'SdkCheck' },
);
export const SdkStartSchema = Type.Object(
  {
    ...envelope(Type.Object({ workflow_id: Type.String(), run_id: Type.String() })).properties,
    correlation_id: Type.String({ description: 'That of the body, or the id of the request.' }),
  },
  { $id: 'SdkStart' },
);
export const SdkStatusSchema = Type.Object(
  envelope(
    Type.Object({
      workflow_id: Type.String(),
      run_id: Type.String(),
      status: Type.String({ description: "Temporal's name: RUNNING, COMPLETED, FAILED, CANCELED, TERMINATED, TIMED_OUT, CONTINUED_AS_NEW." }),
      execution_duration_seconds: Type.Integer({ minimum: 0 }),
      last_executed_run_id: Type.String(),
    }),
  ).properties,
  { $id: 'SdkStatus' },
);
export const SdkStopSchema = Type.Object({ success: Type.Literal(true), message: Type.String() }, { $id: 'SdkStop' });
export const SdkConfigSchema = Type.Object(envelope(Type.Unsafe<SdkBody>({ type: 'object', additionalProperties: true })).properties, { $id: 'SdkConfig' });

export const sdkSchemas: readonly TSchema[] = [
  SdkProblemSchema,
  SdkAuthSchema,
  SdkMetadataSchema,
  SdkCheckSchema,
  SdkStartSchema,
  SdkStatusSchema,
  SdkStopSchema,
  SdkConfigSchema,
];
