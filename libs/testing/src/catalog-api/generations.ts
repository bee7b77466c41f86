import { createHash, randomBytes } from 'node:crypto';

/** Tokens of the API, one generation after the other: the current one is accepted, those before are known and refused. */
export class Generations {
  readonly #tokens: string[];
  #current = 1;

  /** `tokens`: those of the first generations, in order, so that a secret store can hold them beforehand. @default random ones */
  constructor(tokens: readonly string[] = []) {
    this.#tokens = tokens.length > 0 ? [...tokens] : [newToken()];
  }

  /** From 1. */
  get current(): number {
    return this.#current;
  }

  /** The token that is accepted now. */
  get token(): string {
    return this.#tokens[this.#current - 1] ?? '';
  }

  /** From now on only the next token is accepted. @returns its generation and the token */
  rotate(): { generation: number; token: string } {
    this.#current += 1;
    if (this.#tokens.length < this.#current) this.#tokens.push(newToken());
    return { generation: this.#current, token: this.token };
  }

  /** Generation of a token: 0 for one that was never given out, undefined for none. */
  of(token: string | undefined): number | undefined {
    if (token === undefined) return undefined;
    const hash = digest(token);
    return this.#tokens.findIndex((known) => digest(known) === hash) + 1;
  }
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
