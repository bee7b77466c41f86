import { eventsAndLedger } from './0001-events-and-ledger.js';
import { records } from './0002-records.js';
import { eventProvenance } from './0003-event-provenance.js';
import { touchedAt } from './0004-touched-at.js';
import { formerIds } from './0005-former-ids.js';
import type { SchemaMigration } from './migration.js';

/** Every migration, in order. */
export const MIGRATIONS: readonly SchemaMigration[] = [eventsAndLedger, records, eventProvenance, touchedAt, formerIds];
export type { SchemaMigration } from './migration.js';
