import { sql } from 'kysely';
import { describeTables } from './describe-tables.js';
import type { SchemaMigration } from './migration.js';

/** How many records a run has read, so that what it put aside can be held against it. */
export const records: SchemaMigration = {
  name: '0002-records',
  up: async (db, schema) => {
    await sql`ALTER TABLE ${sql.id(schema, 'flow_runs')} ADD COLUMN records bigint NOT NULL DEFAULT 0`.execute(db);
    await describeTables(db, schema, {
      flow_runs: { records: 'Records that were read.', quarantined: 'Those of them that could not be transformed: see flow_quarantine.' },
    });
  },
};
