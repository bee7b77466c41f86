import { createHmac } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { EventCounts } from '@tributary/workflow-contracts/etl';
import type { Secret } from '@tributary/common';
import type { Connection } from './database/connection.js';
import { jsonText } from './database/json-text.js';
import type { Tables } from './database/tables.js';
import { ETL_IDENTITY_KEY_MISSING } from './errors.js';
import { reattribute, type Reattribution } from './events/reattribute.js';
import type { IdentityDirectory } from './types.js';

const MOST_CACHED = 20_000;
const CACHED_MS = 60_000;
const HASH_CHARACTERS = 22;
const MOST_ROWS = 5_000;

/** A row of the table identities. */
export interface Identity {
  readonly sourceKindId: string;
  readonly name: string;
  readonly employeeId: string;
}

/** What was put into the table identities. */
export interface IdentityChanges extends EventCounts {
  /** Names that are new, or stand for another id than before. */
  readonly changed: readonly string[];
}

/**
 * The id that stands for a name that is in no directory: the same everywhere with the same key, and without the key
 * nobody can try out names.
 */
export function hashedName(key: Secret, sourceKindId: string, name: string): string {
  const digest = createHmac('sha256', key.reveal()).update(`${sourceKindId}:${name}`).digest('base64url');
  return `h-${digest.slice(0, HASH_CHARACTERS)}`;
}

/** The table identities, and keyed hashes for names that are not in it. A name that was looked up is known for a minute. */
export class IdentityTable implements IdentityDirectory {
  readonly #cache = new Map<string, { readonly id: string; readonly until: number }>();

  constructor(
    private readonly connection: Connection,
    private readonly key: Secret | undefined,
  ) {}

  /** @throws CodedError ETL_IDENTITY_KEY_MISSING when a name is not in the table and there is no key */
  async resolve(sourceKindId: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const now = Date.now();
    const ids = new Map<string, string>();
    const unknown = new Set<string>();
    for (const name of names) {
      const cached = this.#cache.get(cacheKey(sourceKindId, name));
      if (cached && cached.until > now) ids.set(name, cached.id);
      else unknown.add(name);
    }
    if (unknown.size === 0) return ids;
    const found = await this.#lookUp(sourceKindId, [...unknown]);
    for (const name of unknown) {
      const id = found.get(name) ?? this.#hash(sourceKindId, name);
      ids.set(name, id);
      this.#keep(cacheKey(sourceKindId, name), { id, until: now + CACHED_MS });
    }
    return ids;
  }

  /**
   * Puts rows into the table; of several for one name the last counts. Events that are loaded already keep their ids
   * until `reattribute` is called, or they are loaded again.
   */
  async put(identities: readonly Identity[]): Promise<IdentityChanges> {
    const counts = await this.connection.transaction('putting identities', async (transaction) => {
      await this.#lock(transaction);
      return this.#putAll(transaction, identities);
    });
    this.#cache.clear();
    return counts;
  }

  /** Makes the table hold exactly these rows of a source. Events of a name that is taken out keep their ids until they are loaded again. */
  async replace(sourceKindId: string, identities: readonly Omit<Identity, 'sourceKindId'>[]): Promise<IdentityChanges & { readonly deleted: number }> {
    const names = jsonText(identities.map(({ name }) => name));
    const counts = await this.connection.transaction('replacing identities', async (transaction) => {
      await this.#lock(transaction);
      const { numDeletedRows } = await transaction
        .deleteFrom('identities')
        .where('source_kind_id', '=', sourceKindId)
        .where(sql<boolean>`name NOT IN (SELECT json_array_elements_text(${names}::json))`)
        .executeTakeFirst();
      const rows = identities.map((identity) => ({ ...identity, sourceKindId }));
      return { ...(await this.#putAll(transaction, rows)), deleted: Number(numDeletedRows) };
    });
    this.#cache.clear();
    return counts;
  }

  /**
   * Gives events that are loaded already, and bear the keyed hash or an earlier id of a name in the table, its present id:
   * who did them, and the people in their properties. It may run beside loads; what a load that began before knew of
   * people for up to a minute is put right when its run ends.
   * @param names those that count. @default all of the source
   */
  async reattribute(sourceKindId: string, names?: readonly string[]): Promise<Reattribution> {
    await this.#noteHashes(sourceKindId);
    return reattribute(this.connection, sourceKindId, names === undefined ? {} : { names });
  }

  /** Hashes of names that were put in by somebody who had no key, or by a version that did not note them. */
  async #noteHashes(sourceKindId: string): Promise<void> {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after;
      const rows = await this.connection.read('reading identities', (db) =>
        db.selectFrom('identities').select('name').where('source_kind_id', '=', sourceKindId).where('name', '>', from).orderBy('name').limit(MOST_ROWS).execute(),
      );
      await this.connection.transaction('noting hashes of names', (transaction) =>
        this.#addHashes(transaction, rows.map(({ name }) => ({ sourceKindId, name }))),
      );
      after = rows.length === MOST_ROWS ? rows.at(-1)?.name : undefined;
    }
  }

  async #addHashes(transaction: Transaction<Tables>, identities: readonly Omit<Identity, 'employeeId'>[]): Promise<void> {
    const { key } = this;
    if (!key || identities.length === 0) return;
    const rows = identities.map(({ sourceKindId, name }) => ({ sourceKindId, name, formerId: hashedName(key, sourceKindId, name) }));
    // A name that was taken out meanwhile needs none.
    await sql`
      INSERT INTO ${this.connection.table('identity_former_ids')} (source_kind_id, former_id, name)
      SELECT g."sourceKindId", g."formerId", g.name FROM json_to_recordset(${jsonText(rows)}::json) AS g ("sourceKindId" text, "formerId" text, name text)
      JOIN ${this.connection.table('identities')} i ON i.source_kind_id = g."sourceKindId" AND i.name = g.name
      ON CONFLICT DO NOTHING`.execute(transaction);
  }

  /** One import after the other, so that none overlooks what another one replaces. Loads only read. */
  async #lock(transaction: Transaction<Tables>): Promise<void> {
    await sql`LOCK TABLE ${this.connection.table('identities')} IN SHARE ROW EXCLUSIVE MODE`.execute(transaction);
  }

  async #putAll(transaction: Transaction<Tables>, identities: readonly Identity[]): Promise<IdentityChanges> {
    const distinct = [...new Map(identities.map((row) => [cacheKey(row.sourceKindId, row.name), row]))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row]) => row);
    let inserted = 0;
    const changed: string[] = [];
    for (let from = 0; from < distinct.length; from += MOST_ROWS) {
      const part = distinct.slice(from, from + MOST_ROWS);
      const { rows } = await this.#upsert(part).execute(transaction);
      await this.#addHashes(transaction, part);
      inserted += rows.filter(({ is_new }) => is_new).length;
      for (const { name } of rows) changed.push(name);
    }
    const updated = changed.length - inserted;
    return { inserted, updated, unchanged: distinct.length - inserted - updated, changed };
  }

  #hash(sourceKindId: string, name: string): string {
    if (!this.key) throw ETL_IDENTITY_KEY_MISSING({ sourceKindId });
    return hashedName(this.key, sourceKindId, name);
  }

  async #lookUp(sourceKindId: string, names: string[]): Promise<Map<string, string>> {
    const rows = await this.connection.read('looking up identities', (db) =>
      db
        .selectFrom('identities')
        .select(['name', 'employee_id'])
        .where('source_kind_id', '=', sourceKindId)
        .where('name', '=', (is) => is.fn.any(is.val(names)))
        .execute(),
    );
    return new Map(rows.map(({ name, employee_id }) => [name, employee_id]));
  }

  #keep(key: string, value: { readonly id: string; readonly until: number }): void {
    this.#cache.delete(key);
    this.#cache.set(key, value);
    const oldest = this.#cache.keys().next().value;
    if (this.#cache.size > MOST_CACHED && oldest !== undefined) this.#cache.delete(oldest);
  }

  #upsert(rows: readonly Identity[]) {
    const table = this.connection.table('identities');
    return sql<{ name: string; is_new: boolean }>`
      WITH g AS MATERIALIZED (
        SELECT * FROM json_to_recordset(${jsonText(rows)}::json) AS g ("sourceKindId" text, name text, "employeeId" text)
      ), former AS (
        INSERT INTO ${this.connection.table('identity_former_ids')} (source_kind_id, former_id, name)
        SELECT i.source_kind_id, i.employee_id, i.name FROM g JOIN ${table} i ON i.source_kind_id = g."sourceKindId" AND i.name = g.name
        WHERE i.employee_id <> g."employeeId" ON CONFLICT DO NOTHING
      )
      INSERT INTO ${table} AS i (source_kind_id, name, employee_id)
      SELECT g."sourceKindId", g.name, g."employeeId" FROM g
      ORDER BY g."sourceKindId" COLLATE "C", g.name COLLATE "C"
      ON CONFLICT (source_kind_id, name) DO UPDATE SET employee_id = excluded.employee_id, changed_at = now()
      WHERE i.employee_id IS DISTINCT FROM excluded.employee_id
      RETURNING i.name, (i.xmax = 0) AS is_new`;
  }
}

function cacheKey(sourceKindId: string, name: string): string {
  return JSON.stringify([sourceKindId, name]);
}
