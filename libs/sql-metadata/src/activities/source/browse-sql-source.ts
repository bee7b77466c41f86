import type { ListedItem, ListedObject, ListOptions, ListPlace } from '@tributary/clients/sql';
import { BROWSE_SQL_SOURCE } from '@tributary/workflow-contracts/sql-metadata';
import type { BrowseSqlSourceInput, BrowseSqlSourceResult, SourceItem } from '@tributary/workflow-contracts/sql-metadata';
import type { SqlMetadataDependencies } from '../../dependencies.js';
import { SQL_PAGE_CURSOR_INVALID } from '../../errors.js';
import { DEFAULT_DATABASE } from '../open-source.js';
import { validateInput } from '../validate-input.js';
import { judgeDatabases } from './database-verdicts.js';
import { verdictOn } from './object-verdict.js';
import { compareNames, cursorTextOf, DEFAULT_LIMIT, fitting, placeOfCursor, RESULT_BYTES } from './page.js';
import { accessTo, inDatabase, type SourceAccess } from './source-access.js';
import { withAnswerLimit } from './with-answer-limit.js';

const STATEMENT_TIMEOUT_MS = 12_000;

interface Listed {
  readonly item: SourceItem;
  readonly place: ListPlace;
}

/** See `SqlSourceActivities.browseSqlSource`. */
export function browseSqlSource(dependencies: SqlMetadataDependencies, input: BrowseSqlSourceInput): Promise<BrowseSqlSourceResult> {
  validateInput(BROWSE_SQL_SOURCE, input);
  const { limit = DEFAULT_LIMIT, search, after } = input;
  const options: ListOptions = { limit: limit + 1, search, after: after === undefined ? undefined : placeOfCursor(after) };
  return withAnswerLimit(async (signal) => {
    const access = await accessTo(dependencies, input.source, { statementTimeoutMs: STATEMENT_TIMEOUT_MS, signal });
    const level = input.database === undefined ? 'databases' : input.schema === undefined ? 'schemas' : 'objects';
    const listed = await { databases, schemas, objects }[level](dependencies, access, input, options);
    return { level, ...pageOf(listed, limit) };
  });
}

function pageOf(listed: readonly Listed[], limit: number): Omit<BrowseSqlSourceResult, 'level'> {
  const items = fitting(listed.slice(0, limit).map(({ item }) => item), RESULT_BYTES);
  const last = items.length < listed.length ? listed[items.length - 1] : undefined;
  return { items, ...(last && { next: cursorTextOf(last.place) }) };
}

type Level = (dependencies: SqlMetadataDependencies, access: SourceAccess, input: BrowseSqlSourceInput, options: ListOptions) => Promise<Listed[]>;

const databases: Level = async (dependencies, access, { source, filters = {} }, { limit, after, search }) => {
  const behind = after?.[0];
  if (after && (after.length !== 1 || typeof behind !== 'string')) throw SQL_PAGE_CURSOR_INVALID();
  const judged = await inDatabase(dependencies, access, source.database ?? DEFAULT_DATABASE, (session) => judgeDatabases(session, source, filters));
  return judged
    .filter(({ name }) => search === undefined || name.toLowerCase().includes(search.toLowerCase()))
    .filter(({ name }) => behind === undefined || compareNames(name, String(behind)) > 0)
    .slice(0, limit)
    .map(({ name, verdict }) => ({ item: { name, kind: 'database', verdict }, place: [name] }));
};

const schemas: Level = async (dependencies, access, { source, filters = {}, database = '' }, options) => {
  const found = await inDatabase(dependencies, access, database, (session) => session.listSchemas({ database, filters }, options));
  return found.map((schema) => {
    const verdict = verdictOn(filters, source.user, { database, schema: schema.name }, schema);
    return { item: { name: schema.name, kind: 'schema', verdict, ...commentOf(schema) }, place: schema.place };
  });
};

const objects: Level = async (dependencies, access, { source, filters = {}, database = '', schema = '' }, options) => {
  const found = await inDatabase(dependencies, access, database, (session) => session.listObjects({ database, filters }, { ...options, schema }));
  return found.map((object) => {
    const verdict = verdictOn(filters, source.user, { database, schema, object: object.name }, object);
    const item = { name: object.name, kind: object.kind, verdict, ...signatureOf(object), ...rowsOf(object), ...commentOf(object) };
    return { item, place: object.place };
  });
};

function commentOf({ comment }: ListedItem): Pick<SourceItem, 'comment'> {
  return comment === null ? {} : { comment };
}

function rowsOf({ rowEstimate }: ListedObject): Pick<SourceItem, 'rowsEstimate'> {
  return rowEstimate === null ? {} : { rowsEstimate: rowEstimate };
}

/** What tells a routine from others of its name. */
export function signatureOf({ signature }: ListedObject): Pick<SourceItem, 'signature'> {
  return signature === null ? {} : { signature };
}
