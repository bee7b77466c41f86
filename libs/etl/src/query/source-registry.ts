import { nearest } from '@tributary/common';
import type { FlowInput } from '@tributary/workflow-contracts/etl';
import { ETL_QUERY_UNKNOWN, ETL_SOURCE_DUPLICATE } from '../errors.js';
import type { Query, Source } from '../source.js';

/** The sources that a worker has, by the type of query that each answers. */
export class SourceRegistry {
  readonly #sources = new Map<string, Source>();

  /** @throws CodedError ETL_SOURCE_DUPLICATE */
  constructor(sources: readonly Source[]) {
    for (const source of sources) {
      if (this.#sources.has(source.type)) throw ETL_SOURCE_DUPLICATE({ type: source.type });
      this.#sources.set(source.type, source);
    }
  }

  /** Registered types, in order. */
  get types(): readonly string[] {
    return [...this.#sources.keys()].sort();
  }

  /** @throws CodedError ETL_QUERY_UNKNOWN, which names what is registered */
  source(type: string): Source {
    const source = this.#sources.get(type);
    if (source) return source;
    const meant = nearest(type, this.types);
    throw ETL_QUERY_UNKNOWN({
      type: type.slice(0, 100),
      hint: meant === undefined ? '' : ` (did you mean "${meant}"?)`,
      registered: this.types.length === 0 ? 'none' : this.types,
    });
  }

  /**
   * The query that an input asks for.
   * @throws CodedError ETL_QUERY_UNKNOWN, ETL_ARGS_INVALID
   */
  createQuery(type: string, args: FlowInput['args'], startedAt: Date): Query {
    return this.source(type).createQuery(args, startedAt);
  }
}
