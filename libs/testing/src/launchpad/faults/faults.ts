/** What a request is, as faults match it. */
export interface RequestFacts {
  readonly method: string;
  /** Path below the version's root: `/~alice`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The named operation, if one is called. */
  readonly operation: string | undefined;
}

/** Which requests something applies to; all that is given must match. */
export interface Matcher {
  readonly path?: string | RegExp;
  readonly operation?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Lets this many matching requests pass first. @default 0 */
  readonly after?: number;
  /** How many requests it applies to. @default 1 */
  readonly times?: number;
}

/** What goes wrong. */
export type Fault =
  /** An answer with this status and a short text; `retryAfter` in seconds. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number; readonly text?: string }
  /** An HTML page in place of JSON, as a proxy sends it. */
  | { readonly kind: 'html'; readonly status: 200 | 502 | 503 | 504 }
  /** Waits before it answers. */
  | { readonly kind: 'delay'; readonly millis: number }
  /** Cuts the connection in the middle of the body. */
  | { readonly kind: 'reset' }
  /** Half of the JSON, as if that were all. */
  | { readonly kind: 'truncate' }
  /** Changes the body: a link to another host, a field that is not there. */
  | { readonly kind: 'rewrite'; readonly rewrite: (body: string) => string };

type Effect = Fault | { readonly kind: 'run'; readonly run: (facts: RequestFacts) => void };

interface Rule {
  readonly matcher: Matcher;
  readonly effect: Effect;
  toPass: number;
  left: number;
}

/** What the server does wrong, and what happens to its world while it is being read. */
export class Faults {
  /** The most rows of a page; more are refused with 400. @default 300 */
  pageCap = 300;
  /** Milliseconds that each request takes besides its own time. @default 0 */
  latencyMs = 0;
  /** Pages of more rows than this time out with 503, as large pages of a busy server do. */
  timeoutAbove: number | undefined;
  #rules: Rule[] = [];

  add(matcher: Matcher, fault: Fault): this {
    return this.#add(matcher, fault);
  }

  /** Runs something when a matching request arrives, before it is answered: a row that is touched, a bug made private. */
  before(matcher: Matcher, run: (facts: RequestFacts) => void): this {
    return this.#add(matcher, { kind: 'run', run });
  }

  #add(matcher: Matcher, effect: Effect): this {
    this.#rules.push({ matcher, effect, toPass: matcher.after ?? 0, left: matcher.times ?? 1 });
    return this;
  }

  /** Forgets everything that was added; caps and latency stay. */
  clear(): void {
    this.#rules = [];
  }

  /** How many faults have not happened yet. */
  get pending(): number {
    return this.#rules.filter(({ left }) => Number.isFinite(left)).reduce((sum, { left }) => sum + left, 0);
  }

  /** Takes what applies to a request: runs hooks, and gives the first fault. */
  take(facts: RequestFacts): readonly Fault[] {
    const faults: Fault[] = [];
    for (const rule of this.#rules) {
      if (!matches(rule.matcher, facts)) continue;
      if (rule.toPass > 0) {
        rule.toPass -= 1;
        continue;
      }
      if (rule.effect.kind === 'run') {
        rule.left -= 1;
        rule.effect.run(facts);
      } else if (rule.effect.kind === 'delay' || faults.every(({ kind }) => kind === 'delay')) {
        // One fault per request, so that a burst of three is three requests; waiting goes along with anything.
        rule.left -= 1;
        faults.push(rule.effect);
      }
    }
    this.#rules = this.#rules.filter(({ left }) => left > 0);
    return faults;
  }
}

function matches({ path, operation, query }: Matcher, facts: RequestFacts): boolean {
  if (typeof path === 'string' && facts.path !== path) return false;
  if (path instanceof RegExp && !path.test(facts.path)) return false;
  if (operation !== undefined && facts.operation !== operation) return false;
  return Object.entries(query ?? {}).every(([name, value]) => facts.query.get(name) === value);
}
