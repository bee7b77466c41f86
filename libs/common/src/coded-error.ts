/**
 * What the caller does next, which is what an error is named by.
 * `fatal`: never retried. `retry`: tried again, by Temporal. `skip`: the scope is quarantined and the run goes on.
 */
export type Recovery = 'fatal' | 'retry' | 'skip';

/** Values that an error's message is made from; they must never hold a credential. */
export type ErrorParameters = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** One row of an error registry. Texts name parameters in braces: `{host}`. */
export interface ErrorDefinition<C extends string = string> {
  readonly code: C;
  readonly recovery: Recovery;
  /** HTTP status of the problem details made from it. */
  readonly status: number;
  /** What was received and what is allowed. */
  readonly message: string;
  /** What to do now. */
  readonly fix: string;
}

const BRAND = Symbol.for('tributary.CodedError');

/**
 * An error out of a registry. `isCodedError` recognises it across duplicate copies of this module, as between the
 * workflow sandbox and its host, where `instanceof` does not.
 */
export class CodedError extends Error {
  readonly [BRAND] = true;
  override readonly name = 'CodedError';

  constructor(
    readonly definition: ErrorDefinition,
    readonly parameters: ErrorParameters = {},
    options?: { cause?: unknown },
  ) {
    super(fill(definition.message, parameters), options);
  }

  get code(): string {
    return this.definition.code;
  }

  get recovery(): Recovery {
    return this.definition.recovery;
  }

  /** What to do now, with its parameters filled in. */
  get fix(): string {
    return fill(this.definition.fix, this.parameters);
  }
}

/** Whether `value` is a `CodedError`, of whichever copy of this module. */
export function isCodedError(value: unknown): value is CodedError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

/** A definition that also makes its own errors. */
export interface ErrorFactory<C extends string = string> extends ErrorDefinition<C> {
  (parameters?: ErrorParameters, options?: { cause?: unknown }): CodedError;
}

const registry = new Map<string, ErrorDefinition>();

/**
 * Registers an error and returns its factory. Code: upper case, prefixed by its area (`SQL_SOURCE_UNREACHABLE`).
 * @throws Error when the code is malformed or has been defined with other texts.
 */
export function defineError<C extends string>(
  code: C,
  rest: Omit<ErrorDefinition<C>, 'code' | 'status'> & { status?: number },
): ErrorFactory<C> {
  if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code)) throw new Error(`Invalid error code "${code}": use AREA_WHAT_HAPPENED`);
  const definition: ErrorDefinition<C> = { status: rest.recovery === 'retry' ? 503 : 400, ...rest, code };
  const known = registry.get(code);
  if (known && known.message !== definition.message) throw new Error(`Error code "${code}" is defined twice`);
  registry.set(code, definition);
  const make = (parameters?: ErrorParameters, options?: { cause?: unknown }): CodedError =>
    new CodedError(definition, parameters, options);
  return Object.assign(make, definition);
}

/** Every error defined by the modules loaded so far, in order of code. */
export function definedErrors(): readonly ErrorDefinition[] {
  return [...registry.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function fill(template: string, parameters: ErrorParameters): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = parameters[key];
    if (value === undefined) return whole;
    return Array.isArray(value) ? value.join(', ') : String(value);
  });
}
