import { sql } from 'kysely';
import { describeTables } from './describe-tables.js';
import type { SchemaMigration } from './migration.js';

/** What is needed to give loaded events to somebody else when identities come in or change. */
export const formerIds: SchemaMigration = {
  name: '0005-former-ids',
  up: async (db, schema) => {
    const name = (table: string) => sql.id(schema, table);
    await sql`CREATE TABLE ${name('identity_former_ids')} (
      source_kind_id text COLLATE "C" NOT NULL,
      former_id text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      PRIMARY KEY (source_kind_id, former_id, name),
      FOREIGN KEY (source_kind_id, name) REFERENCES ${name('identities')} ON DELETE CASCADE
    )`.execute(db);
    await sql`CREATE INDEX ON ${name('identity_former_ids')} (source_kind_id, name)`.execute(db);
    await sql`CREATE TABLE ${name('event_people')} (
      source_kind_id text COLLATE "C" NOT NULL,
      type text COLLATE "C" NOT NULL,
      property text COLLATE "C" NOT NULL,
      PRIMARY KEY (source_kind_id, type, property)
    )`.execute(db);
    await describeTables(db, schema, DESCRIPTIONS);
  },
};

const DESCRIPTIONS = {
  identity_former_ids: {
    '': 'Ids under which events of a name in identities may stand: its keyed hash, and what identities had for it before.',
    source_kind_id: 'Kind of source that the name is from.',
    former_id: 'Id that stood for the name.',
    name: 'Name in the source; its row goes with that in identities.',
  },
  event_people: {
    '': 'Which properties of events hold people.',
    source_kind_id: 'Kind of source.',
    type: 'Type of event.',
    property: 'Name in relation_properties whose value is an employee_id, or a list of them.',
  },
};
