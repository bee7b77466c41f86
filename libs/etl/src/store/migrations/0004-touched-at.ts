import { sql } from 'kysely';
import { describeTables } from './describe-tables.js';
import type { SchemaMigration } from './migration.js';

/** When a run last did something, so that one whose workflow was terminated is found. */
export const touchedAt: SchemaMigration = {
  name: '0004-touched-at',
  up: async (db, schema) => {
    const runs = sql.id(schema, 'flow_runs');
    await sql`ALTER TABLE ${runs} ADD COLUMN touched_at timestamptz(6) NOT NULL DEFAULT now()`.execute(db);
    await sql`CREATE INDEX ON ${runs} (touched_at) WHERE state = 'running'`.execute(db);
    await describeTables(db, schema, {
      flow_runs: { touched_at: 'When an attempt last opened the run or loaded something. A run that is left alone for 31 days is closed as failed.' },
    });
  },
};
