import { createContext } from 'preact';
import type { Findings } from './validate.js';

export interface FormContextValue {
  /** Shown below the fields that they are about. */
  readonly findings: Findings;
  readonly change: (path: readonly (string | number)[], value: unknown) => void;
  /** A field was left: from now on it says what is wrong with it. */
  readonly leave: (pointer: string) => void;
}

export const FormContext = createContext<FormContextValue>({ findings: new Map(), change: () => undefined, leave: () => undefined });
