import { signal } from '../lib/signal.js';
import { useSignal } from '../lib/use-signal.js';
import { parseHash, type Location } from './route.js';

const current = signal(parseHash(location.hash));
addEventListener('hashchange', () => current.set(parseHash(location.hash)));

/** Where the page is. */
export function useLocation(): Location {
  return useSignal(current);
}

export function navigate(address: string): void {
  location.hash = address;
}

/** Changes the address without a step in the history: for filters that are being typed. */
export function replaceAddress(address: string): void {
  history.replaceState(null, '', address);
  current.set(parseHash(location.hash));
}
