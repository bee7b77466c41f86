import { base64Forms } from './base64.js';
import { Secret } from './secret.js';
import { wellFormed } from './utf8.js';

const REDACTED = '[secret]';

/** Shorter values are part of so many words that replacing them would make every text unreadable. */
const SHORTEST = 4;

// Lengths are bounded so that no text makes the search quadratic.
const USERINFO =
  /\b([a-z][a-z0-9+.-]{0,31}:\/\/)(?:[^\s/?#"'<>\\@:]{0,256}:(?!\d+[/?#])[^\s"'<>\\]{0,4096}|[^\s/?#"'<>\\]{0,4096})@/gi;
/** Keys of the API, and signed tokens: they are shown by who sends them, to an API that does not know them all. */
const API_KEY_OR_TOKEN = /\btrib_[\w-]{43}(?![\w-])|\beyJ[\w-]{10,4096}\.eyJ[\w-]{10,8192}\.[\w-]{0,4096}/g;
const PASSWORD_ASSIGNMENT = /\b(password|passwd|pwd)=(?!\[secret\])[^\s"'&;,\\]+/gi;

/** Errors are logged and reported after the code that used the secret has ended. */
const LINGER_MS = 60_000;

/**
 * Takes registered secrets out of texts before they leave the process: error messages, log lines, span attributes.
 * Finds each value plain, URL-encoded, base64 at any alignment, and JSON-escaped; besides, `user:password@` of every
 * URL, `password=…` of every connection string, keys of the API and signed tokens, registered or not.
 *
 * A secret shorter than 4 characters is not searched for by value.
 */
export class SecretScrubber {
  readonly #counts = new Map<string, number>();
  readonly #released: { readonly values: readonly string[]; readonly at: number }[] = [];
  #pattern: RegExp | undefined;

  /**
   * Registers a secret until the returned function is called, and for at least a minute more, since errors outlive
   * the code that they come from. The same value may be registered many times over.
   */
  add(secret: Secret | string): () => void {
    this.#forgetReleased(Date.now() - LINGER_MS);
    const values = partsOf(secret instanceof Secret ? secret.reveal() : secret);
    for (const value of values) this.#count(value, 1);
    let registered = true;
    return () => {
      if (!registered) return;
      registered = false;
      this.#released.push({ values, at: Date.now() });
    };
  }

  /** `text` with every secret replaced by `[secret]`. */
  scrub(text: string): string {
    this.#pattern ??= compile([...this.#counts.keys()]);
    const known = this.#counts.size === 0 ? text : text.replace(this.#pattern, REDACTED);
    return known.replace(USERINFO, `$1${REDACTED}@`).replace(PASSWORD_ASSIGNMENT, `$1=${REDACTED}`).replace(API_KEY_OR_TOKEN, REDACTED);
  }

  #forgetReleased(before: number): void {
    while (this.#released[0] && this.#released[0].at < before) {
      for (const value of this.#released.shift()?.values ?? []) this.#count(value, -1);
    }
  }

  #count(value: string, change: number): void {
    const before = this.#counts.get(value) ?? 0;
    if (before + change > 0) this.#counts.set(value, before + change);
    else this.#counts.delete(value);
    if (this.#counts.has(value) !== before > 0) this.#pattern = undefined;
  }
}

/** The value, the value as a driver sees it after trimming, and the password within a value that is a URL. */
function partsOf(value: string): string[] {
  const password = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@:]*:([^\s]+)@/i.exec(value)?.[1];
  const parts = [value, value.trim(), ...(password === undefined ? [] : [password, percentDecoded(password)])];
  return [...new Set(parts)].filter((part) => part.length >= SHORTEST);
}

function compile(values: string[]): RegExp {
  const forms = new Set(values.flatMap(formsOf));
  // The longest first: of two forms that start alike the longer one must win.
  const alternatives = [...forms].sort((a, b) => b.length - a.length).map(escapeForPattern);
  return new RegExp(alternatives.join('|'), 'g');
}

function formsOf(value: string): string[] {
  const json = jsonEscaped(value);
  const encoded = percentEncoded(value);
  const strict = encoded.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const urls = [encoded, strict, strict.replaceAll('%20', '+')];
  const lower = urls.map((url) => url.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()));
  return [value, json, jsonEscaped(json), ...urls, ...lower, ...base64Forms(value)];
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function percentEncoded(text: string): string {
  // encodeURIComponent throws on half a surrogate pair.
  return encodeURIComponent(wellFormed(text));
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // Not percent-encoded: the text is the password as it stands.
  }
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
