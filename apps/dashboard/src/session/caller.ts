import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Caller } from '../api/caller.js';
import type { Operation } from './operations.js';

/** Who is signed in; the shell shows nothing before it is known. */
export const CallerContext = createContext<Caller | undefined>(undefined);

/** Who is signed in. */
export function useCaller(): Caller | undefined {
  return useContext(CallerContext);
}

/**
 * Whether the caller may call operations of the API: what he may not is not offered. The API decides: it has said which
 * operations are his, by the access that its routes declare.
 */
export function useMay(): (...operations: readonly Operation[]) => boolean {
  const caller = useContext(CallerContext);
  return (...operations) => operations.every((operation) => caller?.operations.includes(operation) === true);
}
