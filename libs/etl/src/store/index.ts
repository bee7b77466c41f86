export type { EventDatabase, IdentityDirectory, PageCommit, RunDescription, RunLedger, RunTotals, StoredUnit, UnitEnd } from './types.js';
