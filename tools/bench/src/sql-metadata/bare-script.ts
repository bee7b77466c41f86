// A floor: the product's own queries, streamed with `pg` into the product's own JSON lines, and nothing else: no Temporal,
// no sidecar, no checks, no compression. Runs as a process of its own: `bare-script <url> <folder>`.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { catalogStatement } from '@tributary/clients/sql';
import { toEntity } from '@tributary/transformers/atlas';
import { CATALOG_KINDS } from '@tributary/workflow-contracts/sql-metadata';
import { Client } from 'pg';
import QueryStream from 'pg-query-stream';

const ROWS = 2_000;
const CONTEXT = {
  connectionName: 'bench',
  connectionQualifiedName: 'default/postgres/bench',
  connectorName: 'postgres',
  tenantId: 'default',
  lastSyncWorkflowName: '00000000-0000-4000-8000-000000000000',
  lastSyncRun: '00000000-0000-4000-8000-000000000000',
  lastSyncRunAt: 0,
};

async function main([url, folder]: readonly string[]): Promise<void> {
  if (!url || !folder) throw new Error('usage: bare-script <url> <folder>');
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''`);
  const { rows } = await client.query<{ version: number; database: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_database() AS database`,
  );
  const [{ version, database } = { version: 0, database: '' }] = rows;
  let records = 0;
  for (const kind of CATALOG_KINDS) {
    const { text, values, types, toRecord } = catalogStatement(kind, { database, filters: {} }, version);
    const stream = client.query(new QueryStream(text, [...values], { batchSize: ROWS, highWaterMark: ROWS, types }));
    const file = createWriteStream(join(folder, `${kind}.jsonl`));
    let lines: string[] = [];
    const flush = async (): Promise<void> => {
      if (!file.write(`${lines.join('\n')}\n`)) await once(file, 'drain');
      lines = [];
    };
    for await (const row of stream) {
      records++;
      if (lines.push(JSON.stringify(toEntity(kind, toRecord(row), CONTEXT))) === ROWS) await flush();
    }
    if (lines.length > 0) await flush();
    file.end();
    await once(file, 'close');
  }
  await client.end();
  process.stdout.write(`${JSON.stringify({ records, peakBytes: process.resourceUsage().maxRSS * 1024 })}\n`);
}

void main(process.argv.slice(2));
