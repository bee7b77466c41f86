import type { FlattenedJWSInput, JSONWebKeySet, JWSHeaderParameters } from 'jose';
import type * as Jose from 'jose';
import { AUTH_ISSUER_UNAVAILABLE } from '../errors.js';
import { fetchJson, isTrustworthyUrl } from './fetch-json.js';

/** Keys are fetched again after this, so that a withdrawn one is not trusted for long. */
const FRESH_MS = 10 * 60_000;
/** While the issuer cannot be reached, keys that it had published are used for so long. */
const STALE_MS = 60 * 60_000;
/** Tokens of unknown keys, which anybody can make up, cause no more fetches than one in this time. */
const COOLDOWN_MS = 10_000;

type FindKey = ReturnType<typeof Jose.createLocalJWKSet>;
type Key = Awaited<ReturnType<FindKey>>;

export interface SigningKeysOptions {
  readonly issuer: string;
  readonly jose: typeof Jose;
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly now?: () => number;
}

/** The public keys of an issuer, found by its discovery document, kept, and fetched again when an unknown one is used. */
export class SigningKeys {
  #known: { readonly find: FindKey; readonly at: number } | undefined;
  #attempt: { readonly at: number; readonly failure?: Error } | undefined;
  #pending: Promise<void> | undefined;
  readonly #now: () => number;

  constructor(private readonly options: SigningKeysOptions) {
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * The key that a token says it is signed with.
   * @throws AUTH_ISSUER_UNAVAILABLE when that cannot be known now
   * @throws JOSEError when the issuer has no such key
   */
  async find(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Key> {
    const known = this.#known;
    if (known && this.#now() - known.at <= FRESH_MS) {
      const key = await this.#findIn(known.find, header, token);
      if (key) return key;
    }
    await this.#refresh();
    const latest = this.#usable();
    return latest(header, token);
  }

  async #findIn(find: FindKey, header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Key | undefined> {
    try {
      return await find(header, token);
    } catch (error) {
      if (error instanceof this.options.jose.errors.JWKSNoMatchingKey) return undefined;
      throw error;
    }
  }

  /** Fetches the keys, together with whoever else is waiting for them, unless that was done a moment ago. */
  async #refresh(): Promise<void> {
    if (this.#attempt && this.#now() - this.#attempt.at < COOLDOWN_MS) return;
    this.#pending ??= this.#fetch()
      .then(
        (keys) => {
          this.#known = { find: this.options.jose.createLocalJWKSet(keys), at: this.#now() };
          this.#attempt = { at: this.#now() };
        },
        (failure: Error) => void (this.#attempt = { at: this.#now(), failure }),
      )
      .finally(() => (this.#pending = undefined));
    await this.#pending;
  }

  /** After a failure a key that is not known may be a new one: that is no reason to refuse the token for good. */
  #usable(): FindKey {
    const failure = this.#attempt?.failure;
    const known = this.#known;
    if (!known || this.#now() - known.at > STALE_MS) throw failure ?? AUTH_ISSUER_UNAVAILABLE({ problem: 'they are too old' });
    if (failure === undefined) return known.find;
    return Object.assign(
      async (header: JWSHeaderParameters, token: FlattenedJWSInput) => {
        const key = await this.#findIn(known.find, header, token);
        if (!key) throw failure;
        return key;
      },
      { jwks: known.find.jwks },
    ) as FindKey;
  }

  async #fetch(): Promise<JSONWebKeySet> {
    const { issuer } = this.options;
    const discovery = (await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)) as Record<string, unknown> | null;
    // Another issuer's document would have us trust another issuer's keys.
    if (discovery?.['issuer'] !== issuer) throw AUTH_ISSUER_UNAVAILABLE({ problem: 'its discovery document is of another issuer' });
    const place = discovery['jwks_uri'];
    if (typeof place !== 'string' || !isTrustworthyUrl(place)) throw AUTH_ISSUER_UNAVAILABLE({ problem: 'its discovery document has no jwks_uri with https' });
    const keys = (await fetchJson(place)) as Partial<JSONWebKeySet> | null;
    if (!Array.isArray(keys?.keys)) throw AUTH_ISSUER_UNAVAILABLE({ problem: 'it publishes no key set' });
    return keys as JSONWebKeySet;
  }
}
