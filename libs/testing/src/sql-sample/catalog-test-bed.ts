import { openPostgresCatalog, type CatalogConnectionOptions, type CatalogScope, type CatalogSession, type ReadOptions } from '@tributary/clients/sql';
import { Secret } from '@tributary/common';
import type { CatalogKind, CatalogRecord } from '@tributary/workflow-contracts/sql-metadata';
import { Client } from 'pg';

/** How to reach the database of `url`, with what tests change. */
export function catalogOptions(url: string, changes: Partial<CatalogConnectionOptions> = {}): CatalogConnectionOptions {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    ...(password && { password: new Secret(decodeURIComponent(password)) }),
    database: decodeURIComponent(pathname.slice(1)),
    sslMode: 'prefer',
    applicationName: 'tributary test',
    statementTimeoutMs: 60_000,
    ...changes,
  };
}

/** Runs `work` on a session and closes it. */
export async function withSession<T>(options: CatalogConnectionOptions, work: (session: CatalogSession) => Promise<T>): Promise<T> {
  const session = await openPostgresCatalog(options);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** All records of a kind. */
export async function readAll<K extends CatalogKind>(
  session: CatalogSession,
  kind: K,
  scope: CatalogScope,
  options?: ReadOptions,
): Promise<CatalogRecord<K>[]> {
  const records: CatalogRecord<K>[] = [];
  for await (const batch of session.read(kind, scope, options)) records.push(...batch);
  return records;
}

/** Runs statements as the user of `url`, in the database `database` of its server. */
export async function execute<Row>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(sql, values.length ? values : undefined);
    return rows as Row[];
  } finally {
    await client.end();
  }
}

/** The same server, another database (or user). */
export function urlOf(url: string, changes: { database?: string; user?: string; password?: string }): string {
  const changed = new URL(url);
  if (changes.database !== undefined) changed.pathname = `/${encodeURIComponent(changes.database)}`;
  if (changes.user !== undefined) changed.username = changes.user;
  if (changes.password !== undefined) changed.password = changes.password;
  return changed.href;
}
