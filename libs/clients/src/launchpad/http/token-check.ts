import { performance } from 'node:perf_hooks';
import { type Caller, brokenBy, tokenRefused } from './classify.js';
import type { Answer } from './send.js';

const MOST_BYTES = 65_536;
const TRUST_MS = 60_000;

/**
 * Tells a token that is no good, in whatever words, from a resource that is not for its user: who took the one for the other
 * would find everything private, and nothing wrong with that.
 */
export class TokenCheck {
  #trustedUntil = -Infinity;

  /** @param page what any good token may read */
  constructor(
    private readonly page: URL,
    private readonly caller: Caller,
    private readonly send: (url: URL, limitBytes: number, signal: AbortSignal | undefined) => Promise<Answer>,
  ) {}

  /** Asks for the page, unless it was there a minute ago. @throws CodedError LAUNCHPAD_UNAUTHORIZED, LAUNCHPAD_UNAVAILABLE */
  async run(signal: AbortSignal | undefined): Promise<void> {
    if (performance.now() < this.#trustedUntil) return;
    let answer: Answer;
    try {
      answer = await this.send(this.page, MOST_BYTES, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw brokenBy(error, this.page).error(1);
    }
    if (answer.status === 401) throw tokenRefused(answer, this.page, this.caller);
    this.#trustedUntil = performance.now() + TRUST_MS;
  }
}
