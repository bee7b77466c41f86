/** A query as Python's `urlencode` writes it: spaces are `+`, and everything but letters, digits and `_.-~` is escaped. */
export function pythonQuery(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${quote(name)}=${quote(value)}`).join('&');
}

function quote(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');
}
