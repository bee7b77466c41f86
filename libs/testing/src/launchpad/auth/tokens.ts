import { randomBytes } from 'node:crypto';

import type { AccessLevel } from '../representation/caller.js';

export interface AccessToken {
  readonly key: string;
  readonly secret: string;
  readonly consumer: string;
  /** Name of the person who gave it. */
  readonly person: string;
  readonly level: AccessLevel;
  readonly admin: boolean;
  expired: boolean;
}

export interface RequestToken {
  readonly key: string;
  readonly secret: string;
  readonly consumer: string;
  /** Undefined until somebody has looked at it; `UNAUTHORIZED`: refused. */
  review: { readonly person: string; readonly level: AccessLevel } | undefined;
}

/** The OAuth tokens that a server knows. */
export class Tokens {
  readonly #consumers = new Set<string>();
  readonly #access = new Map<string, AccessToken>();
  readonly #requests = new Map<string, RequestToken>();

  /** Makes an access token as if somebody had gone through the dance. */
  issue(
    person: string,
    options: { level?: AccessLevel; consumer?: string; admin?: boolean; expired?: boolean } = {},
  ): AccessToken {
    const token: AccessToken = {
      key: random(20),
      secret: random(80),
      consumer: options.consumer ?? 'tributary',
      person,
      level: options.level ?? 'READ_PRIVATE',
      admin: options.admin ?? false,
      expired: options.expired ?? false,
    };
    this.#consumers.add(token.consumer);
    this.#access.set(token.key, token);
    return token;
  }

  expire(key: string): void {
    const token = this.#access.get(key);
    if (token !== undefined) token.expired = true;
  }

  revoke(key: string): void {
    this.#access.delete(key);
  }

  access(key: string): AccessToken | undefined {
    return this.#access.get(key);
  }

  knows(consumer: string): boolean {
    return this.#consumers.has(consumer);
  }

  request(consumer: string): RequestToken {
    const token: RequestToken = { key: random(20), secret: random(80), consumer, review: undefined };
    this.#consumers.add(consumer);
    this.#requests.set(token.key, token);
    return token;
  }

  pending(): readonly RequestToken[] {
    return [...this.#requests.values()].filter(({ review }) => review === undefined);
  }

  requested(key: string): RequestToken | undefined {
    return this.#requests.get(key);
  }

  /** What a person says to a request, on the page that the client sends him to. @throws RangeError when there is no such request */
  review(key: string, person: string, level: AccessLevel): void {
    const token = this.#requests.get(key);
    if (token === undefined) throw new RangeError(`No request token ${key}`);
    token.review = { person, level };
  }

  /** Gives the access token for a request that was granted; the request is used up. */
  exchange(request: RequestToken): AccessToken | undefined {
    if (request.review === undefined) return undefined;
    this.#requests.delete(request.key);
    const { person, level } = request.review;
    return this.issue(person, { level, consumer: request.consumer });
  }
}

function random(length: number): string {
  return randomBytes(length).toString('base64url').replace(/[-_]/g, 'x').slice(0, length);
}
