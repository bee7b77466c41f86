import type { Secret } from '@tributary/common';

/** A password, or what gives the one that is valid now. */
export type PasswordSource = Secret | (() => Promise<Secret>);

/** Wrong password, and other refusals of who signs in. */
const REFUSED = /^28/;

/**
 * The password of a database's user. It is asked for once, so that connections can be made while the secret store is
 * away, and again when the server refuses it: it may have been changed since.
 */
export class PasswordKeeper {
  #known: Promise<Secret> | undefined;

  constructor(
    private readonly source: PasswordSource | undefined,
    /** Told every password, before it is used. */
    private readonly learn: (password: Secret) => void,
  ) {}

  /** The password in the clear; empty where there is none. */
  async reveal(): Promise<string> {
    return (await this.#current())?.reveal() ?? '';
  }

  /** What `connect` gives, tried again where its password was refused and there is another one now. */
  async signIn<T>(connect: () => Promise<T>): Promise<T> {
    const before = this.#known;
    try {
      return await connect();
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (typeof code !== 'string' || !REFUSED.test(code) || !(await this.#isChanged(before))) throw error;
      return connect();
    }
  }

  /** Whether there is another password than before. Of several that are refused at once, one asks. */
  async #isChanged(before: Promise<Secret> | undefined): Promise<boolean> {
    if (typeof this.source !== 'function' || before === undefined) return false;
    if (this.#known === before) this.#known = undefined;
    return (await this.#current())?.reveal() !== (await before).reveal();
  }

  #current(): Promise<Secret | undefined> {
    const { source } = this;
    if (!source) return Promise.resolve(undefined);
    this.#known ??= this.#ask(source);
    return this.#known;
  }

  async #ask(source: PasswordSource): Promise<Secret> {
    try {
      const password = typeof source === 'function' ? await source() : source;
      this.learn(password);
      return password;
    } catch (error) {
      this.#known = undefined;
      throw error;
    }
  }
}
