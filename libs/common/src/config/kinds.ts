import { isSecretRef, type SecretRef } from '../secret-ref.js';
import { Secret } from '../secret.js';
import { variable, type Presence, type ValueOf, type Variable, type VariableOptions } from './variable.js';

/** Any text, or one that `pattern` matches; `allowed` says the pattern in words. */
export function string<
  const O extends VariableOptions & Presence<string> & { readonly pattern?: RegExp; readonly allowed?: string },
>(name: string, options: O): Variable<ValueOf<string, O>> {
  const allowed = options.allowed ?? (options.pattern ? `text that matches ${options.pattern.source}` : 'text');
  return variable<string, O>(name, options, {
    allowed,
    read: (text) => (options.pattern?.test(text) === false ? { problem: `is not ${allowed}` } : { value: text }),
  });
}

/** A decimal whole number from `min` to `max`, both allowed. */
export function integer<
  const O extends VariableOptions & Presence<number> & { readonly min: number; readonly max: number; readonly unit?: string },
>(name: string, options: O): Variable<ValueOf<number, O>> {
  const { min, max, unit } = options;
  return variable<number, O>(name, options, {
    allowed: `integer from ${min} to ${max}`,
    ...(unit === undefined ? {} : { unit }),
    read: (text) => {
      const value = Number(text);
      if (!/^-?\d{1,15}$/.test(text)) return { problem: 'is not an integer' };
      return value < min || value > max ? { problem: 'is out of range' } : { value };
    },
  });
}

/** `true` or `false`, nothing else. */
export function boolean<const O extends VariableOptions & Presence<boolean>>(
  name: string,
  options: O,
): Variable<ValueOf<boolean, O>> {
  return variable<boolean, O>(name, options, {
    allowed: 'true or false',
    read: (text) => (text === 'true' || text === 'false' ? { value: text === 'true' } : { problem: 'is not a boolean' }),
  });
}

/** One of `values`. */
export function enumOf<const V extends string, const O extends VariableOptions & Presence<V>>(
  name: string,
  values: readonly V[],
  options: O,
): Variable<ValueOf<V, O>> {
  return variable<V, O>(name, options, {
    allowed: values.length === 1 ? `${values[0]}` : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
    read: (text) => {
      const value = values.find((candidate) => candidate === text);
      return value === undefined ? { problem: 'is not one of the allowed values' } : { value };
    },
  });
}

/** An absolute URL with one of `protocols` (`http`, `https`, …) and without user name or password. */
export function url<const O extends VariableOptions & Presence<string> & { readonly protocols: readonly string[] }>(
  name: string,
  options: O,
): Variable<ValueOf<string, O>> {
  const allowed = `URL that starts with ${options.protocols.map((protocol) => `${protocol}://`).join(' or ')}`;
  return variable<string, O>(name, options, {
    allowed,
    read: (text) => {
      const parsed = URL.canParse(text) ? new URL(text) : undefined;
      if (!parsed || !options.protocols.some((protocol) => text.startsWith(`${protocol}://`))) return { problem: 'is no such URL' };
      return parsed.username || parsed.password ? { problem: 'holds a user name or password' } : { value: text };
    },
  });
}

/** A reference to a secret. Its value is not shown when it is malformed: it may be the secret itself. */
export function secretRef<const O extends VariableOptions & Presence<SecretRef>>(
  name: string,
  options: O,
): Variable<ValueOf<SecretRef, O>> {
  return variable<SecretRef, O>(name, options, {
    allowed: 'secret://<store>/<name>[#key]',
    secret: true,
    read: (text) => (isSecretRef(text) ? { value: text } : { problem: 'is not a secret reference' }),
  });
}

/** A path of the file system; relative ones are relative to the working directory. */
export function path<const O extends VariableOptions & Presence<string>>(
  name: string,
  options: O,
): Variable<ValueOf<string, O>> {
  return variable<string, O>(name, options, {
    allowed: 'path',
    read: (text) => (text.includes('\0') ? { problem: 'holds a NUL character' } : { value: text }),
  });
}

/** A credential that a foreign convention passes by value. Our own variables take a `secretRef` instead. */
export function secret<const O extends VariableOptions & { readonly required?: true }>(
  name: string,
  options: O,
): Variable<ValueOf<Secret, O>> {
  return variable<Secret, O>(name, options, {
    allowed: 'text',
    secret: true,
    read: (text) => ({ value: new Secret(text) }),
  });
}
