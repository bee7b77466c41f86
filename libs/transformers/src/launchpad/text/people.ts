const NAME = '[a-z0-9][a-z0-9+.-]*';
const NOBODY = new Set(['', 'nobody', 'none', 'unassigned', '(unassigned)']);

/** Who an activity's value names. `nobody`: nobody was meant. `unknown`: somebody, but the text has no Launchpad name. */
export type Named = { readonly who: 'person'; readonly name: string } | { readonly who: 'nobody' } | { readonly who: 'unknown' };

/**
 * Reads `Display Name (name)`, in which the display name may hold anything, parentheses too; and the bare name, which
 * Launchpad wrote before 2009.
 */
export function namedPerson(value: string | null | undefined): Named {
  const text = value?.trim() ?? '';
  if (NOBODY.has(text.toLowerCase())) return { who: 'nobody' };
  const [, name] = new RegExp(`(?:^|\\s)\\((${NAME})\\)$`, 'u').exec(text) ?? new RegExp(`^(${NAME})$`, 'u').exec(text) ?? [];
  return name === undefined ? { who: 'unknown' } : { who: 'person', name };
}

/** `text` with every `~name` of a path or link shortened to `~`, so that it names nobody. */
export function withoutPeople(text: string): string {
  return text.replace(/~[^\s/?#]+/gu, '~');
}
