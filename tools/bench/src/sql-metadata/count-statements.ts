import { readFileSync, statSync } from 'node:fs';
import { Client } from 'pg';
import type { TestStack } from '@tributary/testing/stack';

/** Statements that the server logs for our sessions while `work` runs, cursor fetches included. */
export async function countStatements({ postgres }: TestStack, work: () => Promise<unknown>): Promise<number> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const set = async (sql: string): Promise<void> => {
    await client.query(sql);
    await client.query('SELECT pg_reload_conf()');
  };
  try {
    await set(`ALTER SYSTEM SET log_line_prefix = 'app=%a '`);
    await set(`ALTER SYSTEM SET log_statement = 'all'`);
    const from = statSync(postgres.logFile).size;
    await work();
    await set(`ALTER SYSTEM RESET log_statement`);
    const log = readFileSync(postgres.logFile).subarray(from).toString('utf8');
    return log.match(/^app=tributary .*LOG: {2}(?:statement|execute)\b/gm)?.length ?? 0;
  } finally {
    await client.end();
  }
}
