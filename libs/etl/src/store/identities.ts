import { createHmac } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { EventCounts } from '@tributary/workflow-contracts/etl';
import type { Secret } from '@tributary/common';
import type { Connection } from './database/connection.js';
import { jsonText } from './database/json-text.js';
import type { Tables } from './database/tables.js';
import { ETL_IDENTITY_KEY_MISSING } from './errors.js';
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
   * until they are loaded again.
   */
  async put(identities: readonly Identity[]): Promise<EventCounts> {
    const counts = await this.connection.transaction('putting identities', (transaction) => this.#putAll(transaction, identities));
    this.#cache.clear();
    return counts;
  }

  /** Makes the table hold exactly these rows of a source. */
  async replace(sourceKindId: string, identities: readonly Omit<Identity, 'sourceKindId'>[]): Promise<EventCounts & { readonly deleted: number }> {
    const names = jsonText(identities.map(({ name }) => name));
    const counts = await this.connection.transaction('replacing identities', async (transaction) => {
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

  async #putAll(transaction: Transaction<Tables>, identities: readonly Identity[]): Promise<EventCounts> {
    const distinct = [...new Map(identities.map((row) => [cacheKey(row.sourceKindId, row.name), row]))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row]) => row);
    let [inserted, updated] = [0, 0];
    for (let from = 0; from < distinct.length; from += MOST_ROWS) {
      const { rows } = await this.#upsert(distinct.slice(from, from + MOST_ROWS)).execute(transaction);
      const fresh = rows.filter(({ is_new }) => is_new).length;
      inserted += fresh;
      updated += rows.length - fresh;
    }
    return { inserted, updated, unchanged: distinct.length - inserted - updated };
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
    return sql<{ is_new: boolean }>`
      INSERT INTO ${table} AS i (source_kind_id, name, employee_id)
      SELECT g."sourceKindId", g.name, g."employeeId"
      FROM json_to_recordset(${jsonText(rows)}::json) AS g ("sourceKindId" text, name text, "employeeId" text)
      ORDER BY g."sourceKindId" COLLATE "C", g.name COLLATE "C"
      ON CONFLICT (source_kind_id, name) DO UPDATE SET employee_id = excluded.employee_id, changed_at = now()
      WHERE i.employee_id IS DISTINCT FROM excluded.employee_id
      RETURNING (i.xmax = 0) AS is_new`;
  }
}

function cacheKey(sourceKindId: string, name: string): string {
  return JSON.stringify([sourceKindId, name]);
}
