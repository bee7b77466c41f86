import { instantOfUtc, type Instant, type LocalTime } from './instant.js';

const SECOND = 1_000_000n;

/** Where a local time lies in a zone: at one instant, at two where clocks were set back, at none where they were set forward. */
export type Placement =
  | { readonly kind: 'once'; readonly instant: Instant }
  | { readonly kind: 'twice'; readonly earlier: Instant; readonly later: Instant }
  | { readonly kind: 'never'; /** First instant after the gap. */ readonly after: Instant };

/** An IANA zone: `Europe/Berlin`. */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat;

  private constructor(readonly name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** The zone of that name, or undefined when there is none. Bare offsets (`+02:00`) are no names. */
  static find(name: string): TimeZone | undefined {
    if (!/^[A-Za-z]/.test(name)) return undefined;
    try {
      return new TimeZone(name);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  place(local: LocalTime): Placement {
    const asUtc = instantOfUtc(local);
    // The offset in effect is one of those around; a zone that crosses the date line moves by a whole day.
    const around = [-48n, -24n, 0n, 24n, 48n].map((hours) => this.#offsetAt(asUtc + hours * 3600n * SECOND));
    const found = [...new Set(around)].map((offset) => asUtc - offset).filter((at) => at + this.#offsetAt(at) === asUtc);
    const [first, second] = found.sort((a, b) => (a < b ? -1 : 1));
    if (first === undefined) return { kind: 'never', after: this.#endOfGap(asUtc, around) };
    return second === undefined ? { kind: 'once', instant: first } : { kind: 'twice', earlier: first, later: second };
  }

  /** Offset to UTC at an instant, as RFC 3339 writes it. */
  offsetText(at: Instant): string {
    const seconds = Number(this.#offsetAt(at) / SECOND);
    const minutes = Math.round(Math.abs(seconds) / 60);
    const pad = (value: number): string => String(value).padStart(2, '0');
    return `${seconds < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  }

  #endOfGap(asUtc: Instant, around: readonly bigint[]): Instant {
    const offsets = [...around].sort((a, b) => (a < b ? -1 : 1));
    let before = asUtc - (offsets.at(-1) ?? 0n);
    let after = asUtc - (offsets[0] ?? 0n);
    const old = this.#offsetAt(before);
    while (after - before > SECOND) {
      const middle = before + ((after - before) / (2n * SECOND)) * SECOND;
      if (this.#offsetAt(middle) === old) before = middle;
      else after = middle;
    }
    return after;
  }

  /** Microseconds by which the zone's clocks are ahead of UTC. Clocks change at whole seconds, so a Date will do here. */
  #offsetAt(at: Instant): bigint {
    const whole = at - (((at % SECOND) + SECOND) % SECOND);
    const parts = Object.fromEntries(this.#format.formatToParts(Number(whole / 1_000n)).map(({ type, value }) => [type, value]));
    const year = Number(parts['year']);
    const shown = instantOfUtc({
      year: parts['era'] === 'BC' ? 1 - year : year,
      month: Number(parts['month']),
      day: Number(parts['day']),
      hour: Number(parts['hour']),
      minute: Number(parts['minute']),
      second: Number(parts['second']),
      micros: 0,
    });
    return shown - whole;
  }
}
