/** What a variable's text was read as, or why it could not be. */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

/** A setting that something depends on. */
export interface Condition {
  readonly name: string;
  readonly matches: RegExp;
  /** What matches, in words: `an s3:// address`. */
  readonly means: string;
}

/** One environment variable: how it is read, and all that its documentation says. */
export interface Variable<T> {
  readonly name: string;
  /** Other names for the same; setting two of them to different values is an error. */
  readonly aliases: readonly string[];
  /** What is allowed, in words: `integer from 1 to 65535`. */
  readonly allowed: string;
  readonly unit: string | undefined;
  readonly description: string;
  /** What changes when it is set, or set higher. */
  readonly effect: string | undefined;
  readonly required: boolean;
  /** A secret's value is never shown. */
  readonly secret: boolean;
  /** What holds when it is unset, in words. */
  readonly defaultText: string | undefined;
  /** The setting of another variable without which this one has no effect. */
  readonly onlyWith: Condition | undefined;
  /** Value when unset. */
  readonly fallback: T;
  readonly read: (text: string) => Reading<T>;
}

/** What every kind of variable is declared with. Exactly one of `default` and `required` may be given. */
export interface VariableOptions {
  readonly description: string;
  readonly effect?: string;
  readonly aliases?: readonly string[];
  /** Documents what happens when there is no default here, because it is decided elsewhere. */
  readonly defaultText?: string;
  /** Setting it beside another setting than this is an error: it would have no effect. */
  readonly onlyWith?: Condition;
}

/** The value's type: `T` when there is always one, else `T | undefined`. */
export type ValueOf<T, O> = O extends { readonly default: unknown } | { readonly required: true } ? T : T | undefined;

export interface Presence<T> {
  readonly default?: T;
  readonly required?: true;
}

interface Kind<T> {
  readonly allowed: string;
  readonly unit?: string;
  readonly secret?: boolean;
  readonly read: (text: string) => Reading<T>;
}

/** Makes a variable out of a kind's reader and its declaration. @throws Error when name or default are not allowed */
export function variable<T, O extends VariableOptions & Presence<T>>(
  name: string,
  options: O,
  kind: Kind<T>,
): Variable<ValueOf<T, O>> {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) throw new Error(`Invalid variable name "${name}": use UPPER_CASE_WITH_UNDERSCORES`);
  const { default: fallback, defaultText } = options;
  if (fallback !== undefined) {
    const reading = kind.read(String(fallback));
    if ('problem' in reading) throw new Error(`Default of ${name} is not allowed: ${reading.problem}`);
  }
  return {
    name,
    aliases: options.aliases ?? [],
    allowed: kind.allowed,
    unit: kind.unit,
    description: options.description,
    effect: options.effect,
    required: options.required ?? false,
    secret: kind.secret ?? false,
    defaultText: defaultText ?? (fallback === undefined ? undefined : String(fallback)),
    onlyWith: options.onlyWith,
    fallback: fallback as ValueOf<T, O>,
    read: kind.read,
  };
}
