import type { BrowseSqlSourceInput, SourceItem, SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import { SDK_METADATA_TOO_LARGE, SDK_UNSUPPORTED } from '../errors.js';
import { askSource, type AskOptions } from '../sources/ask-source.js';
import { browseSource } from '../sources/source-questions.js';

const LIMIT = 10_000;
const PAGE = 1_000;

/** Below what a request may take, for all pages together, in milliseconds. */
const PATIENCE_MS = 25_000;

interface Pair {
  readonly TABLE_CATALOG?: string;
  readonly TABLE_SCHEMA?: string;
}

/**
 * Databases and schemas that the role can read, as the SDK lists them.
 * @param type `all`: pairs; of the database that the credentials name, or of each
 * @throws CodedError SDK_METADATA_TOO_LARGE, SDK_UNSUPPORTED, and what asking a source throws
 */
export async function listSchemas(options: AskOptions, source: SqlSource, type: unknown, database: unknown): Promise<Pair[]> {
  const until = Date.now() + PATIENCE_MS;
  const names = (more: Partial<BrowseSqlSourceInput>): Promise<string[]> => everyName(options, { source, ...more }, until);
  if (type === 'database') return (await names({})).map((name) => ({ TABLE_CATALOG: name }));
  if (type !== undefined && type !== 'all' && type !== 'schema') throw SDK_UNSUPPORTED({ what: 'another "type"', instead: 'Send all, database or schema.' });
  if (type === 'schema' && typeof database !== 'string') throw SDK_UNSUPPORTED({ what: 'type schema without "database"', instead: 'Name the database.' });
  const named = typeof database === 'string' && database !== '' ? database : source.database;
  const databases = named === undefined ? await names({}) : [named];
  const pairs: Pair[] = [];
  for (const name of databases) {
    const schemas = await names({ database: name });
    pairs.push(...schemas.map((schema) => (type === 'schema' ? { TABLE_SCHEMA: schema } : { TABLE_CATALOG: name, TABLE_SCHEMA: schema })));
    if (pairs.length > LIMIT) throw SDK_METADATA_TOO_LARGE({ limit: LIMIT });
  }
  return pairs;
}

async function everyName(options: AskOptions, input: BrowseSqlSourceInput, until: number): Promise<string[]> {
  const items: SourceItem[] = [];
  let after: string | undefined;
  do {
    const patienceMs = Math.max(1, until - Date.now());
    const page = await askSource({ ...options, patienceMs }, browseSource, { ...input, limit: PAGE, ...(after === undefined ? {} : { after }) });
    items.push(...page.items);
    after = page.next;
    if (items.length > LIMIT) throw SDK_METADATA_TOO_LARGE({ limit: LIMIT });
  } while (after !== undefined);
  return items.filter(({ verdict }) => verdict.readable).map(({ name }) => name);
}
