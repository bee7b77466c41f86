import { useEffect, useState } from 'preact/hooks';
import type { Signal } from './signal.js';

/** The value of a signal; the component renders again when it changes. */
export function useSignal<T>(source: Signal<T>): T {
  const [value, setValue] = useState(() => source.get());
  useEffect(() => {
    // It may have changed between rendering and this effect.
    setValue(() => source.get());
    return source.subscribe((next) => setValue(() => next));
  }, [source]);
  return value;
}
