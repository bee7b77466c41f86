const WINDOW_MS = 60_000;
/** Addresses that are remembered: bounded, as an attacker may have many. */
const ADDRESSES_MAX = 10_000;

/** Counts credentials that were not accepted, by address, for a minute from the first. */
export class FailedSignIns {
  readonly #counts = new Map<string, { count: number; readonly until: number }>();

  constructor(
    readonly limit: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts one more. */
  add(address: string): void {
    const network = networkOf(address);
    const known = this.#current(network);
    if (known) {
      known.count++;
      return;
    }
    this.#counts.set(network, { count: 1, until: this.now() + WINDOW_MS });
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > ADDRESSES_MAX && oldest !== undefined) this.#counts.delete(oldest);
  }

  /** Seconds for which an address that has had too many must wait; 0 for any other. */
  waitSeconds(address: string): number {
    const known = this.#current(networkOf(address));
    return known && known.count > this.limit ? Math.max(1, Math.ceil((known.until - this.now()) / 1_000)) : 0;
  }

  #current(network: string) {
    const known = this.#counts.get(network);
    if (known && known.until <= this.now()) this.#counts.delete(network);
    return this.#counts.get(network);
  }
}

/** One host has as many IPv6 addresses as it likes, within its /64. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::', 2);
  const groups = head.split(':').filter(Boolean);
  const rest = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  return [...groups, ...Array<string>(zeros).fill('0'), ...rest].slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(':');
}
