import { SDK_PATTERN_UNSUPPORTED } from '../errors.js';

/**
 * The glob that matches what a regular expression of the SDK's filters is written for. A name is matched as a whole,
 * with or without anchors: the SDK let `dev` match `mydev` too.
 * @throws CodedError SDK_PATTERN_UNSUPPORTED for what no glob says
 */
export function globOfName(pattern: string, place: string): string {
  return translated(pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, ''), pattern, place);
}

/**
 * Globs for a regular expression that is searched for in names: without an anchor anything may stand before or after.
 * Alternatives become a glob each.
 * @throws CodedError SDK_PATTERN_UNSUPPORTED
 */
export function globsOfSearch(pattern: string, place: string): string[] {
  return pattern.split(/(?<!\\)\|/).map((branch) => {
    const start = branch.startsWith('^') ? '' : '*';
    const end = /(?<!\\)\$$/.test(branch) ? '' : '*';
    return `${start}${globOfName(branch, place)}${end}`.replace(/\*+/g, '*');
  });
}

function translated(text: string, pattern: string, place: string): string {
  const refuse = (part: string): Error => SDK_PATTERN_UNSUPPORTED({ pattern: JSON.stringify(pattern.slice(0, 80)), place, part });
  if (text === '') throw refuse('no name');
  return text.replace(/\\[^]|\.[*+]|\\|[^]/g, (token) => {
    if (token === '.*') return '*';
    if (token === '.+') return '?*';
    if (token === '.') return '?';
    if (token.startsWith('\\')) {
      const [, literal = ''] = token;
      if (literal === '' || /[A-Za-z0-9]/.test(literal)) throw refuse(`a class of characters (${token})`);
      return literalGlob(literal);
    }
    if (/[[\](){}|+*?^$]/.test(token)) throw refuse(`an operator (${token})`);
    return literalGlob(token);
  });
}

/** A character that means itself in a glob. */
function literalGlob(character: string): string {
  return /[*?\\]/.test(character) ? `\\${character}` : character;
}
