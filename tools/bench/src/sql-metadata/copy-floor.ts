import { catalogStatement } from '@tributary/clients/sql';
import { CATALOG_KINDS } from '@tributary/workflow-contracts/sql-metadata';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** The other floor: the same rows by COPY … TO STDOUT, thrown away as they come. Returns milliseconds. */
export async function copyFloor(url: string, database: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number }>(`SELECT current_setting('server_version_num')::int AS version`);
    const started = performance.now();
    for (const kind of CATALOG_KINDS) {
      const { text, values } = catalogStatement(kind, { database, filters: {} }, rows[0]?.version ?? 0);
      const stream = client.query(copyTo(`COPY (${inline(client, text, values)}) TO STDOUT`));
      for await (const _ of stream as AsyncIterable<Buffer>) continue;
    }
    return performance.now() - started;
  } finally {
    await client.end();
  }
}

/** COPY takes no parameters. */
function inline(client: Client, text: string, values: readonly unknown[]): string {
  return text.replace(/\$(\d+)/g, (_, number: string) => {
    const value = values[Number(number) - 1];
    if (Array.isArray(value)) return `ARRAY[${value.map((each) => client.escapeLiteral(String(each))).join(', ')}]::text[]`;
    return typeof value === 'number' ? String(value) : client.escapeLiteral(String(value));
  });
}
