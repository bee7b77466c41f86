import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import { Client } from 'pg';
import type { TestStack } from './test-stack.js';

/** Makes an empty database and returns its URL. */
export async function createDatabase({ postgres }: Pick<TestStack, 'postgres'>, name: string): Promise<string> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(postgres.url);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

/** Input that extracts `database` of the stack's server. */
export function inputFor({ postgres }: TestStack, database: string, more: Partial<ExtractSqlMetadataInput> = {}): ExtractSqlMetadataInput {
  return {
    connection: { name: 'test', qualifiedName: `default/postgres/${database}` },
    source: {
      type: 'postgres',
      host: postgres.host,
      port: postgres.port,
      user: postgres.user,
      password: 'secret://local/postgres#password',
      database,
    },
    ...more,
  };
}
