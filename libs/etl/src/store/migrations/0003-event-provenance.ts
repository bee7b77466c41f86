import { sql } from 'kysely';
import { describeTables } from './describe-tables.js';
import type { SchemaMigration } from './migration.js';

/** Which run brought the values of an event, and of when they are. */
export const eventProvenance: SchemaMigration = {
  name: '0003-event-provenance',
  up: async (db, schema) => {
    await sql`ALTER TABLE ${sql.id(schema, 'events')} ADD COLUMN run_id bigint, ADD COLUMN read_at timestamptz(6)`.execute(db);
    await describeTables(db, schema, {
      events: {
        run_id: 'Run that brought these values: id in flow_runs, as long as that row stays. NULL: a version that did not note it.',
        read_at: 'When they were read: what was read earlier does not overwrite them. NULL: a version that did not note it.',
      },
      flow_runs: {
        inserted: 'Events that were new. An event that several units of the run bring is counted here or as updated once.',
        updated: 'Events that were there with other values.',
        unchanged: 'Events that were there as they are, or with values that were read later. One that several units bring is counted for each commit that holds it.',
        types: 'Events of the run by type: the sum of the three counts.',
      },
    });
  },
};
