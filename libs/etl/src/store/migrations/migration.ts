import type { Kysely } from 'kysely';

/** A step from one version of the schema to the next. Steps are never changed once released, and never undone. */
export interface SchemaMigration {
  /** Number and what it brings: `0001-events-and-ledger`. Steps run in order of their names. */
  readonly name: string;
  up(db: Kysely<unknown>, schema: string): Promise<void>;
}
