import type { Query, Source } from '../source.js';

/**
 * A source, checked by the compiler: a missing step or one of another shape does not compile, and the types of the
 * query and of the records are those of `createQuery` and of the session.
 */
export function defineSource<Q extends Query, R>(source: Source<Q, R>): Source<NoInfer<Q>, NoInfer<R>> {
  return source;
}
