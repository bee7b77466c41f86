import type { CatalogSession, ListPlace, ObjectCounts } from '@tributary/clients/sql';
import { PLAN_SQL_EXTRACTION } from '@tributary/workflow-contracts/sql-metadata';
import type {
  CatalogKind,
  Filters,
  PlannedDatabase,
  PlannedObject,
  PlanSqlExtractionInput,
  SqlExtractionPlan,
} from '@tributary/workflow-contracts/sql-metadata';
import { isCodedError } from '@tributary/common';
import { MAX_DATABASES } from '../../defaults.js';
import type { SqlMetadataDependencies } from '../../dependencies.js';
import { SQL_PAGE_CURSOR_INVALID, SQL_TOO_MANY_DATABASES } from '../../errors.js';
import { DEFAULT_DATABASE } from '../open-source.js';
import { validateInput } from '../validate-input.js';
import { judgeDatabases, type JudgedDatabase } from './database-verdicts.js';
import { limitLanes } from './limit-lanes.js';
import { verdictOn } from './object-verdict.js';
import { bytesOf, compareNames, cursorTextOf, DEFAULT_LIMIT, fitting, placeOfCursor, RESULT_BYTES } from './page.js';
import { accessTo, inDatabase, type SourceAccess } from './source-access.js';
import { unreadableBecause } from './unreadable.js';
import { withAnswerLimit } from './with-answer-limit.js';

const STATEMENT_TIMEOUT_MS = 12_000;
const DATABASES_AT_A_TIME = 4;
/** Part of the result that databases may take. */
const DATABASES_BYTES = 90_000;

interface Counted extends PlannedDatabase {
  readonly objects?: ObjectCounts;
}

/** See `SqlSourceActivities.planSqlExtraction`. */
export function planSqlExtraction(dependencies: SqlMetadataDependencies, input: PlanSqlExtractionInput): Promise<SqlExtractionPlan> {
  validateInput(PLAN_SQL_EXTRACTION, input);
  const after = beginOf(input);
  return withAnswerLimit(async (signal) => {
    const { source, filters = {}, limit = DEFAULT_LIMIT } = input;
    const access = await accessTo(dependencies, source, { statementTimeoutMs: STATEMENT_TIMEOUT_MS, signal });
    const { serverVersion, judged } = await inDatabase(dependencies, access, source.database ?? DEFAULT_DATABASE, async (session) => ({
      serverVersion: session.serverVersion,
      judged: await judgeDatabases(session, source, filters),
    }));
    const wanted = judged.filter(isExtracted).length;
    if (wanted > MAX_DATABASES) throw SQL_TOO_MANY_DATABASES({ found: wanted, limit: MAX_DATABASES });
    const databases = await limitLanes(judged, DATABASES_AT_A_TIME, (each) => count(dependencies, access, each, filters));

    const listed = await listObjects(dependencies, access, { databases, filters, after, limit });
    const shown = databasesThatFit(databases);
    const objects = fitting(listed.objects.map(({ object }) => object), RESULT_BYTES - bytesOf(shown.databases));
    const last = objects.length < listed.objects.length || listed.more ? listed.objects[objects.length - 1] : undefined;
    return { serverVersion, ...shown, objects, ...(last && { next: cursorTextOf(last.place) }), totals: totalsOf(databases) };
  });
}

function isExtracted({ verdict }: JudgedDatabase): boolean {
  return verdict.selected && verdict.readable;
}

/** Counts a database as an extraction does. One that turns out not to be readable is part of the plan too. */
async function count(
  dependencies: SqlMetadataDependencies,
  access: SourceAccess,
  judged: JudgedDatabase,
  filters: Filters,
): Promise<Counted> {
  if (!isExtracted(judged)) return judged;
  const scope = { database: judged.name, filters };
  try {
    return await inDatabase(dependencies, access, judged.name, async (session): Promise<Counted> => {
      const counts: Readonly<Record<CatalogKind, number>> = await session.counts(scope);
      return { ...judged, counts, objects: await session.countObjects(scope) };
    });
  } catch (error) {
    access.signal.throwIfAborted();
    if (!isCodedError(error)) throw error;
    const { reason, fix } = unreadableBecause(error);
    return { name: judged.name, verdict: { ...judged.verdict, readable: false, reason, fix } };
  }
}

interface PlacedObject {
  readonly object: PlannedObject;
  readonly place: ListPlace;
}

interface Listing {
  readonly databases: readonly Counted[];
  readonly filters: Filters;
  readonly after: { readonly database: string; readonly place: ListPlace } | undefined;
  readonly limit: number;
}

/** A page of objects, from as many databases as it takes. */
async function listObjects(
  dependencies: SqlMetadataDependencies,
  access: SourceAccess,
  { databases, filters, after, limit }: Listing,
): Promise<{ objects: PlacedObject[]; more: boolean }> {
  const found: PlacedObject[] = [];
  const behind = databases.filter(({ name, objects }) => objects && objects.all > 0 && (!after || compareNames(name, after.database) >= 0));
  for (const { name: database } of behind) {
    if (found.length > limit) break;
    const place = after?.database === database ? after.place : undefined;
    const list = (session: CatalogSession) => session.listObjects({ database, filters }, { limit: limit + 1 - found.length, after: place });
    for (const each of await inDatabase(dependencies, access, database, list)) {
      const { schema, name, kind, signature } = each;
      const verdict = verdictOn(filters, access.source.user, { database, schema, object: name }, each);
      found.push({
        object: { database, schema, name, kind, ...(signature !== null && { signature }), verdict },
        place: [database, ...each.place],
      });
    }
  }
  return { objects: found.slice(0, limit), more: found.length > limit };
}

/** Databases of the result: of too many, those that are not selected are left out first. */
function databasesThatFit(counted: readonly Counted[]): Pick<SqlExtractionPlan, 'databases' | 'databasesOmitted'> {
  const all = counted.map(({ name, verdict, counts }): PlannedDatabase => ({ name, verdict, ...(counts && { counts }) }));
  const selectedFirst = [...all.filter(({ verdict }) => verdict.selected), ...all.filter(({ verdict }) => !verdict.selected)];
  const kept = new Set(fitting(selectedFirst, DATABASES_BYTES));
  const databases = all.filter((each) => kept.has(each));
  const databasesOmitted = all.length - databases.length;
  return { databases, ...(databasesOmitted > 0 && { databasesOmitted }) };
}

function totalsOf(databases: readonly Counted[]): SqlExtractionPlan['totals'] {
  const sum = (of: (counts: ObjectCounts) => number): number => databases.reduce((total, { objects }) => total + (objects ? of(objects) : 0), 0);
  return {
    selected: sum(({ selected }) => selected),
    excluded: sum(({ all, selected }) => all - selected),
    unreadable: databases.filter(({ verdict }) => verdict.selected && !verdict.readable).length,
  };
}

function beginOf({ after }: PlanSqlExtractionInput): Listing['after'] {
  if (after === undefined) return undefined;
  const [database, ...place] = placeOfCursor(after);
  if (typeof database !== 'string') throw SQL_PAGE_CURSOR_INVALID();
  return { database, place };
}
