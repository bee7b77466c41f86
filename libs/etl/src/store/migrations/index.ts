import { eventsAndLedger } from './0001-events-and-ledger.js';
import type { SchemaMigration } from './migration.js';

/** Every migration, in order. */
export const MIGRATIONS: readonly SchemaMigration[] = [eventsAndLedger];
export type { SchemaMigration } from './migration.js';
