import { CATALOG_KINDS } from '@tributary/workflow-contracts/sql-metadata';
import type { CheckedDatabase } from '@tributary/workflow-contracts/sql-metadata';
import { MAX_DATABASES } from '../../defaults.js';
import { SQL_NO_OBJECT_SELECTED, SQL_NOTHING_CONNECTABLE, SQL_NOTHING_SELECTED, SQL_TOO_MANY_DATABASES } from '../../errors.js';
import { failureOf, passed, type StepOutcome } from './check-steps.js';
import type { JudgedDatabase } from './database-verdicts.js';
import { unreadableBecause } from './unreadable.js';
import type { Visit } from './visit-database.js';

/** Names and statements that a text spells out. */
const SHOWN = 10;

/** What a check found on a server that let it in. */
export interface Findings {
  readonly user: string;
  readonly all: readonly JudgedDatabase[];
  readonly visits: readonly Visit[];
}

/** The selected databases, as far as is known of each. */
export function checkedDatabases({ all, visits }: Findings): CheckedDatabase[] {
  return all
    .filter(({ verdict }) => verdict.selected)
    .map(({ name, verdict: { readable, reason, fix } }): CheckedDatabase => {
      const refused = visits.find(({ database, failed }) => database === name && failed?.in === 'signIn')?.failed;
      if (refused) return { name, readable: false, ...unreadableBecause(refused.error) };
      return readable ? { name, readable } : { name, readable, reason, ...(fix !== undefined && { fix }) };
    });
}

/** Whether the role gets into the databases that source and filters select. */
export function databasesOutcome(findings: Findings): StepOutcome {
  const selected = checkedDatabases(findings);
  const closed = selected.filter(({ readable }) => !readable);
  if (selected.length === 0) return passed(`The server has ${findings.all.length} databases; source and filters select none of them.`);
  const fix = closed.flatMap(({ fix: each }) => each ?? []);
  if (closed.length === selected.length) {
    const error = SQL_NOTHING_CONNECTABLE({ names: shown(selected.map(({ name }) => name)), fixes: shown(fix) });
    return { ...failureOf(error), ...(fix.length > 0 && { fix: shown(fix).join('; ') }) };
  }
  const open = `The role gets into ${selected.length - closed.length} of the ${selected.length} selected databases`;
  const tried = findings.visits.length < selected.length - closed.length ? `; ${findings.visits.length} of them were tried` : '';
  if (closed.length === 0) return passed(`${open}${tried}.`);
  const reasons = shown(closed.map(({ name, reason }) => `"${name}": ${reason ?? 'it takes no connections'}`)).join('; ');
  return { status: 'warning', detail: `${open}${tried}. ${reasons}`, ...(fix.length > 0 && { fix: shown(fix).join('; ') }) };
}

/** Whether the role may read the catalogs of the databases; undefined when none was got into. */
export function privilegesOutcome({ user, visits }: Findings): StepOutcome | undefined {
  const entered = visits.filter(({ failed }) => failed?.in !== 'signIn');
  if (entered.length === 0) return undefined;
  const failed = entered.find((visit) => visit.failed && (visit.failed.in === 'privileges' || visit.failed.error.code === 'SQL_PERMISSION_DENIED'))?.failed;
  if (failed) return failureOf(failed.error);
  const reports = entered.flatMap((visit) => visit.reports);
  const missing = reports.filter(({ verdict }) => verdict === 'unreadable');
  const lines = missing.length > 0 ? missing : reports;
  if (lines.length === 0) return passed(`Role "${user}" may read the whole catalog, and has USAGE on every selected schema.`);
  return {
    status: missing.length > 0 ? 'failed' : 'warning',
    detail: `${shown(lines.map(({ scope, reason }) => `Database "${scope.database}": ${reason}`)).join('. ')}.`,
    ...(missing.length > 0 && { code: 'SQL_PERMISSION_DENIED' }),
    fix: shown(lines.flatMap(({ fix }) => fix ?? [])).join('; '),
  };
}

/** Whether there is anything to extract; undefined when that could not be found out. */
export function scopeOutcome({ all, visits }: Findings): StepOutcome | undefined {
  const selected = all.filter(({ verdict }) => verdict.selected);
  const names = (of: readonly { readonly name: string }[]): string[] => shown(of.map(({ name }) => name));
  if (selected.length === 0) return failureOf(SQL_NOTHING_SELECTED({ found: all.length, names: names(all) }));
  const readable = selected.filter(({ verdict }) => verdict.readable);
  if (readable.length > MAX_DATABASES) return failureOf(SQL_TOO_MANY_DATABASES({ found: readable.length, limit: MAX_DATABASES }));
  const failed = visits.find((visit) => visit.failed?.in === 'scope')?.failed;
  if (failed) return failureOf(failed.error);
  const counted = visits.filter(({ objects }) => objects);
  if (counted.length === 0) return undefined;
  const total = (of: (visit: Visit) => number): number => counted.reduce((sum, visit) => sum + of(visit), 0);
  const found = total(({ objects }) => objects?.all ?? 0);
  const taken = total(({ objects }) => objects?.selected ?? 0);
  if (found === 0) return { status: 'warning', detail: 'The selected databases hold no objects.' };
  if (taken === 0) return failureOf(SQL_NO_OBJECT_SELECTED({ found, names: names(selected) }));
  const records = CATALOG_KINDS.map((kind) => `${kind} ${total(({ counts }) => counts?.[kind] ?? 0)}`).join(', ');
  const where = counted.length < readable.length ? ` In ${counted.length} of ${readable.length} databases:` : '';
  return passed(`${taken} of ${found} objects are selected.${where} Records by kind: ${records}.`);
}

function shown(texts: readonly string[]): string[] {
  return texts.length > SHOWN ? [...texts.slice(0, SHOWN), `and ${texts.length - SHOWN} more`] : [...texts];
}
