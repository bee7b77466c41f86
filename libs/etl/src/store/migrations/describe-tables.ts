import { sql, type Kysely } from 'kysely';

/** Texts by table and column; the table's own under the empty name. */
export type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Puts the descriptions into the database, where psql (`\d+`) and the documentation find them. */
export async function describeTables(db: Kysely<unknown>, schema: string, tables: Descriptions): Promise<void> {
  for (const [table, columns] of Object.entries(tables)) {
    for (const [column, text] of Object.entries(columns)) {
      const target = column === '' ? sql`TABLE ${sql.id(schema, table)}` : sql`COLUMN ${sql.id(schema, table, column)}`;
      await sql`COMMENT ON ${target} IS ${sql.lit(text)}`.execute(db);
    }
  }
}
