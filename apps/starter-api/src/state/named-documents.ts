import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StateEntry, StateStore } from '@tributary/clients';
import { isCodedError } from '@tributary/common';
import { API_PRECONDITION_FAILED, API_STATE_BUSY, API_STATE_FULL } from './errors.js';
import type { Precondition } from './precondition.js';
import { stateCall } from './state-call.js';

/** Names that one value of the state store holds with room to spare, each of up to 64 characters. */
const NAMES_MAX = 2_000;

/** Attempts at a change of the list of names, and the longest wait between them: other processes change it too. */
const ATTEMPTS = 40;
const WAIT_MS = 50;

const READ_AT_A_TIME = 16;

/** A document under a name; its revision is new with each change. */
export interface NamedDocument<T> {
  readonly name: string;
  readonly value: T;
  readonly revision: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface DocumentPage<T> {
  readonly documents: readonly NamedDocument<T>[];
  /** Name after which the next page begins; absent at the end. */
  readonly next?: string;
}

type Stored<T> = Omit<NamedDocument<T>, 'name'>;

/**
 * Small documents by name in the state store, and the list of their names, for any number of writers in any number of
 * processes. The document is the truth: it is read and replaced by version. The list only has to hold its name. Whoever
 * changes one of both looks at the other afterwards, so that of a writer and a deleter who meet at least one sees what
 * the other has done, and a name that is there is listed.
 */
export class NamedDocuments<T> {
  private turn: Promise<unknown> = Promise.resolve();

  /** @param prefix first segments of the keys, such as `starter-api/configurations` */
  constructor(
    private readonly state: StateStore,
    private readonly prefix: string,
  ) {}

  /** @throws CodedError API_STATE_UNAVAILABLE */
  async get(name: string): Promise<NamedDocument<T> | undefined> {
    const entry = await this.read(name);
    return entry && { name, ...entry.value };
  }

  /**
   * Documents in order of their names.
   * @param after names that come after this one
   * @throws CodedError API_STATE_UNAVAILABLE
   */
  async list({ after = '', limit }: { readonly after?: string; readonly limit: number }): Promise<DocumentPage<T>> {
    const names = (await this.readNames()).names.filter((name) => name > after);
    const page = names.slice(0, limit);
    const documents: NamedDocument<T>[] = [];
    for (let first = 0; first < page.length; first += READ_AT_A_TIME) {
      const found = await Promise.all(page.slice(first, first + READ_AT_A_TIME).map((name) => this.get(name)));
      documents.push(...found.filter((document) => document !== undefined));
    }
    const last = page.at(-1);
    return { documents, ...(names.length > page.length && last !== undefined ? { next: last } : {}) };
  }

  /**
   * Writes a document when the precondition holds.
   * @throws CodedError API_PRECONDITION_FAILED, API_STATE_FULL, API_STATE_BUSY, API_STATE_UNAVAILABLE
   */
  async put(name: string, value: T, precondition: Precondition): Promise<{ document: NamedDocument<T>; created: boolean }> {
    const entry = await this.matching(name, precondition);
    await this.listName(name);
    const now = new Date().toISOString();
    const stored: Stored<T> = { revision: randomUUID(), createdAt: entry?.value.createdAt ?? now, updatedAt: now, value };
    await this.guarded(name, () => stateCall((options) => this.state.set(this.key(name), stored, entry?.etag ?? null, options)));
    await this.listName(name);
    return { document: { name, ...stored }, created: entry === undefined };
  }

  /**
   * Deletes a document when the precondition holds; `false` when there is none.
   * @throws CodedError API_PRECONDITION_FAILED, API_STATE_BUSY, API_STATE_UNAVAILABLE
   */
  async delete(name: string, precondition: Precondition): Promise<boolean> {
    if ((await this.read(name)) === undefined) return false;
    const entry = await this.matching(name, precondition);
    if (!entry) return false;
    await this.guarded(name, () => stateCall((options) => this.state.delete(this.key(name), entry.etag, options)));
    await this.changeNames((names) => (names.includes(name) ? names.filter((other) => other !== name) : undefined));
    if ((await this.read(name)) !== undefined) await this.listName(name);
    return true;
  }

  private read(name: string): Promise<StateEntry<Stored<T>> | undefined> {
    return stateCall((options) => this.state.get<Stored<T>>(this.key(name), options));
  }

  private async matching(name: string, precondition: Precondition): Promise<StateEntry<Stored<T>> | undefined> {
    const entry = await this.read(name);
    if (precondition === 'absent') {
      if (entry) throw API_PRECONDITION_FAILED({ name, reason: 'is there already' });
      return undefined;
    }
    if (!entry) throw API_PRECONDITION_FAILED({ name, reason: 'is not there' });
    if (precondition !== 'present' && !precondition.revisions.includes(entry.value.revision)) {
      throw API_PRECONDITION_FAILED({ name, reason: 'has been changed since it was read' });
    }
    return entry;
  }

  private async guarded(name: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (isConflict(error)) throw API_PRECONDITION_FAILED({ name, reason: 'was changed by somebody else at the same time' }, { cause: error });
      throw error;
    }
  }

  private listName(name: string): Promise<void> {
    return this.changeNames((names) => {
      if (names.includes(name)) return undefined;
      if (names.length >= NAMES_MAX) throw API_STATE_FULL({ limit: NAMES_MAX });
      return [...names, name].sort();
    });
  }

  /** Changes the list of names; the writers of this process take turns. */
  private changeNames(change: (names: readonly string[]) => readonly string[] | undefined): Promise<void> {
    const mine = this.turn.then(() => this.changeNamesNow(change));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async changeNamesNow(change: (names: readonly string[]) => readonly string[] | undefined): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { names, etag } = await this.readNames();
      const changed = change(names);
      if (!changed) return;
      try {
        return await stateCall((options) => this.state.set(this.prefix, { names: changed }, etag, options));
      } catch (error) {
        if (!isConflict(error)) throw error;
        await sleep(Math.random() * WAIT_MS);
      }
    }
    throw API_STATE_BUSY();
  }

  private async readNames(): Promise<{ readonly names: readonly string[]; readonly etag: string | null }> {
    const entry = await stateCall((options) => this.state.get<{ readonly names: readonly string[] }>(this.prefix, options));
    return { names: entry?.value.names ?? [], etag: entry?.etag ?? null };
  }

  private key(name: string): string {
    return `${this.prefix}/${encodeURIComponent(name)}`;
  }
}

function isConflict(error: unknown): boolean {
  return isCodedError(error) && error.code === 'STATE_CONFLICT';
}
