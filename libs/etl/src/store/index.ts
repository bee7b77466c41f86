export { openEventDatabase } from './event-database.js';
export type { EventDatabaseOptions, OpenEventDatabase } from './event-database.js';
export { hashedName } from './identities.js';
export type { Identity, IdentityTable } from './identities.js';
export type { Tables } from './database/tables.js';
export type {
  EventDatabase,
  IdentityDirectory,
  PageCommit,
  RunDescription,
  RunLedger,
  RunTotals,
  StoredUnit,
  UnitEnd,
} from './types.js';
