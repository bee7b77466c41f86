import { micros, type Micros } from './time.js';

/** When something happens: microseconds, or an RFC 3339 time in UTC. */
export type When = Micros | string;

/** What all parts of a world share: its clock, its numbering, and the count of its changes. */
export class Core {
  revision = 0;
  readonly #clock: () => number;
  readonly #numbers = new Map<string, number>();
  #last = 0;

  constructor(clock: () => number = () => Date.now() * 1000) {
    this.#clock = clock;
  }

  /** Now, in microseconds; never twice the same. */
  now(): Micros {
    this.#last = Math.max(this.#clock(), this.#last + 1);
    return this.#last;
  }

  at(when: When | undefined): Micros {
    this.revision += 1;
    if (when === undefined) return this.now();
    return typeof when === 'string' ? micros(when) : when;
  }

  /** The next number of a kind of thing; each kind counts for itself. */
  number(kind: string, first = 1): number {
    const number = this.#numbers.get(kind) ?? first;
    this.#numbers.set(kind, number + 1);
    return number;
  }

  /** Marks a change that has no time of its own. */
  touch(): void {
    this.revision += 1;
  }
}
