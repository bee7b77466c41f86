export { openEventDatabase } from './event-database.js';
export type { EventDatabaseOptions, OpenEventDatabase } from './event-database.js';
export { hashedName } from './identities.js';
export type { Reattribution } from './events/reattribute.js';
export type { Identity, IdentityChanges, IdentityTable } from './identities.js';
export type { Tables } from './database/tables.js';
export type {
  EventCount,
  EventDatabase,
  IdentityDirectory,
  PageCommit,
  RunDescription,
  RunLedger,
  RunTotals,
  StoredUnit,
  UnitEnd,
} from './types.js';
