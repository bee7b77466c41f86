import { Client } from 'pg';

const NOT_SYSTEM = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
const RELATIONS = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${NOT_SYSTEM}`;
const CONSTRAINTS = `pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${NOT_SYSTEM}`;
const ROUTINES = `pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${NOT_SYSTEM}`;

/** Counts by entity type, by plain queries that know nothing of the extraction's. */
const QUERIES: Readonly<Record<string, string>> = {
  Database: `SELECT 1`,
  Schema: `SELECT 1 FROM pg_namespace n WHERE ${NOT_SYSTEM}`,
  Table: `SELECT 1 FROM ${RELATIONS} AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  TablePartition: `SELECT 1 FROM ${RELATIONS} AND c.relkind IN ('r', 'p', 'f') AND c.relispartition`,
  ForeignTable: `SELECT 1 FROM ${RELATIONS} AND c.relkind = 'f' AND NOT c.relispartition`,
  View: `SELECT 1 FROM ${RELATIONS} AND c.relkind = 'v'`,
  MaterialisedView: `SELECT 1 FROM ${RELATIONS} AND c.relkind = 'm'`,
  Column: `SELECT 1 FROM pg_attribute a JOIN ${RELATIONS.replace('pg_class c', 'pg_class c ON c.oid = a.attrelid')}
    AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped`,
  PrimaryKey: `SELECT 1 FROM ${CONSTRAINTS} AND k.contype = 'p'`,
  ForeignKey: `SELECT 1 FROM ${CONSTRAINTS} AND k.contype = 'f'`,
  UniqueConstraint: `SELECT 1 FROM ${CONSTRAINTS} AND k.contype = 'u'`,
  CheckConstraint: `SELECT 1 FROM ${CONSTRAINTS} AND k.contype = 'c'`,
  ExclusionConstraint: `SELECT 1 FROM ${CONSTRAINTS} AND k.contype = 'x'`,
  Index: `SELECT 1 FROM ${RELATIONS} AND c.relkind IN ('i', 'I')`,
  Sequence: `SELECT 1 FROM ${RELATIONS} AND c.relkind = 'S'`,
  Function: `SELECT 1 FROM ${ROUTINES} AND p.prokind <> 'p'`,
  Procedure: `SELECT 1 FROM ${ROUTINES} AND p.prokind = 'p'`,
};

/** How many entities of each type the database at `url` should give; types without any are left out. */
export async function plainCounts(url: string): Promise<Record<string, number>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const counts: Record<string, number> = {};
    for (const [type, query] of Object.entries(QUERIES)) {
      const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM (${query}) AS found`);
      if (rows[0]?.n) counts[type] = rows[0].n;
    }
    return counts;
  } finally {
    await client.end();
  }
}
