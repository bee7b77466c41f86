import { SQL_FILTER_INVALID } from '../errors.js';

/** One step of a glob: a literal character, any one character, or any run of characters. */
export type GlobToken = { readonly literal: string } | 'one' | 'many';

/**
 * Takes a glob apart; characters are Unicode code points, as PostgreSQL counts them.
 * @throws CodedError SQL_FILTER_INVALID
 */
export function parseGlob(pattern: string, level: string): GlobToken[] {
  const invalid = (reason: string): Error => SQL_FILTER_INVALID({ pattern: JSON.stringify(pattern), level, reason });
  if (pattern === '') throw invalid('it is empty; leave the level out to match every name');
  if (pattern.includes('\0')) throw invalid('it holds a NUL character, which no name can');
  const tokens: GlobToken[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    if (/^[\ud800-\udfff]$/.test(character)) throw invalid('it holds half of a surrogate pair, which no name can');
    if (character === '*') {
      if (tokens.at(-1) !== 'many') tokens.push('many');
    } else if (character === '?') tokens.push('one');
    else if (character !== '\\') tokens.push({ literal: character });
    else if (++at < characters.length) tokens.push({ literal: characters[at] as string });
    else throw invalid('it ends in a single backslash');
  }
  return tokens;
}

/** Whether `name` as a whole matches, in time proportional to name times pattern. */
export function globMatches(tokens: readonly GlobToken[], name: string): boolean {
  const characters = [...name];
  let token = 0;
  let at = 0;
  let star = -1;
  let resumeAt = 0;
  while (at < characters.length) {
    const expected = tokens[token];
    if (expected === 'many') {
      star = token++;
      resumeAt = at;
    } else if (expected === 'one' || (expected !== undefined && expected.literal === characters[at])) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++resumeAt;
    } else return false;
  }
  while (tokens[token] === 'many') token++;
  return token === tokens.length;
}

/** The name that the glob stands for when it holds no wildcard. */
export function literalOf(tokens: readonly GlobToken[]): string | undefined {
  let name = '';
  for (const token of tokens) {
    if (typeof token === 'string') return undefined;
    name += token.literal;
  }
  return name;
}

/** The glob as a pattern of `LIKE … ESCAPE '\'`. */
export function likePatternOf(tokens: readonly GlobToken[]): string {
  return tokens
    .map((token) => (token === 'many' ? '%' : token === 'one' ? '_' : token.literal.replace(/[\\%_]/, '\\$&')))
    .join('');
}
