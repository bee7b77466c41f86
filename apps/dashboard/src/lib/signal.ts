/** A value that tells when it changes. */
export interface Signal<T> {
  get(): T;
  set(value: T): void;
  /** Calls back on each change until the returned function is called. */
  subscribe(changed: (value: T) => void): () => void;
}

export function signal<T>(initial: T): Signal<T> {
  let current = initial;
  const subscribers = new Set<(value: T) => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const changed of [...subscribers]) changed(value);
    },
    subscribe(changed) {
      subscribers.add(changed);
      return () => void subscribers.delete(changed);
    },
  };
}
