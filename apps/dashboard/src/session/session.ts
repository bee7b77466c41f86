import { signal } from '../lib/signal.js';
import { replaceAddress } from '../router/use-location.js';

const STORED = 'tributary.key';

/** Key or token that requests carry; undefined until somebody signs in. Kept for this tab alone. */
export const accessKey = signal<string | undefined>(sessionStorage.getItem(STORED) ?? undefined);

/** Why the form to sign in is shown again, in the API's own words. */
export const refusal = signal<string | undefined>(undefined);

/** Counts refusals for want of a role: the role is then other than the page has thought, and is asked for again. */
export const roleDoubted = signal(0);

/** Whether the dialog with who is signed in, and a place for another key, is open. */
export const accountOpen = signal(false);

export function signIn(key: string): void {
  sessionStorage.setItem(STORED, key);
  refusal.set(undefined);
  accountOpen.set(false);
  accessKey.set(key);
}

/** Forgets the key. @param why what the form then says */
export function signOut(why?: string): void {
  sessionStorage.removeItem(STORED);
  refusal.set(why);
  accountOpen.set(false);
  accessKey.set(undefined);
}

/**
 * Takes the key of a link `#key=…` and removes it from the address and the history at once, before anything else can
 * read it there.
 */
export function takeKeyFromAddress(): void {
  const { hash } = location;
  if (!hash.startsWith('#key=')) return;
  const key = decoded(hash.slice('#key='.length));
  replaceAddress('#/runs');
  if (key !== '') signIn(key);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return '';
  }
}
