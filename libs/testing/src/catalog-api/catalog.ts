import { Random } from '../launchpad/world/random.js';

/** One dataset of a catalog, as its owner knows it. */
export interface CatalogDataset {
  readonly id: string;
  readonly source: string;
  name: string;
  owner: string | undefined;
  sizeBytes: number;
  /** How often it is meant to be loaded, in seconds. */
  expectedIntervalSeconds: number;
  /** Where in its interval it is loaded, in milliseconds. */
  readonly phaseMs: number;
  /** Since when nothing loads it any more, in milliseconds since 1970; undefined while it is loaded in time. */
  stoppedAt: number | undefined;
}

export interface CatalogSource {
  readonly id: string;
  name: string;
}

export interface CatalogSizes {
  /** @default 2 */
  readonly sources?: number;
  /** Of each source. @default 10 */
  readonly datasets?: number;
  /** @default 1 */
  readonly seed?: number;
}

/** Intervals at which datasets are meant to be loaded, in seconds. */
const INTERVALS = [900, 3600, 21_600, 86_400] as const;
const SUBJECTS = ['orders', 'customers', 'invoices', 'shipments', 'returns', 'visits', 'payments', 'contracts', 'stock', 'prices'];
const SOURCES = ['sales', 'finance', 'logistics', 'web', 'support'];
const OWNERS = ['ada', 'grace', 'linus', 'margaret', 'niklaus'];

/**
 * The world of a data catalog: sources with datasets, which are loaded in time by themselves unless a hook says
 * otherwise. The same sizes and seed give the same world.
 */
export class Catalog {
  readonly sources = new Map<string, CatalogSource>();
  readonly datasets = new Map<string, CatalogDataset>();
  readonly #random: Random;

  constructor(
    { sources = 2, datasets = 10, seed = 1 }: CatalogSizes = {},
    private readonly now: () => number = Date.now,
  ) {
    this.#random = new Random(seed);
    for (let index = 0; index < sources; index += 1) {
      const id = nameAt(SOURCES, index);
      this.addSource(id);
      for (let count = 0; count < datasets; count += 1) this.addDataset(id, `${id}.${nameAt(SUBJECTS, count)}`);
    }
  }

  addSource(id: string): CatalogSource {
    const source = { id, name: `${id.charAt(0).toUpperCase()}${id.slice(1)}` };
    this.sources.set(id, source);
    return source;
  }

  /** A dataset appears. @throws RangeError when there is no such source */
  addDataset(source: string, id: string): CatalogDataset {
    if (!this.sources.has(source)) throw new RangeError(`There is no source ${source}`);
    const expectedIntervalSeconds = this.#random.pick(INTERVALS);
    const dataset: CatalogDataset = {
      id,
      source,
      name: id.slice(id.indexOf('.') + 1),
      owner: this.#random.pick(OWNERS),
      sizeBytes: this.#random.between(1_000, 1_000_000_000),
      expectedIntervalSeconds,
      phaseMs: this.#random.between(0, expectedIntervalSeconds * 1000 - 1),
      stoppedAt: undefined,
    };
    this.datasets.set(id, dataset);
    return dataset;
  }

  /** A dataset vanishes. */
  removeDataset(id: string): void {
    this.datasets.delete(id);
  }

  /** A dataset was last loaded so many of its intervals ago, and is not loaded any more. @throws RangeError */
  stop(id: string, intervals: number): void {
    const dataset = this.dataset(id);
    dataset.stoppedAt = this.now() - intervals * dataset.expectedIntervalSeconds * 1000;
  }

  /** A dataset is loaded in time again. @throws RangeError */
  resume(id: string): void {
    this.dataset(id).stoppedAt = undefined;
  }

  /** @throws RangeError */
  setOwner(id: string, owner: string | undefined): void {
    this.dataset(id).owner = owner;
  }

  /** @throws RangeError when there is no such dataset */
  dataset(id: string): CatalogDataset {
    const dataset = this.datasets.get(id);
    if (!dataset) throw new RangeError(`There is no dataset ${id}`);
    return dataset;
  }

  /** Datasets of a source, in order of id. */
  of(source: string): CatalogDataset[] {
    return [...this.datasets.values()].filter((dataset) => dataset.source === source).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** When a dataset was last loaded, in milliseconds since 1970. */
  lastLoadedAt({ expectedIntervalSeconds, phaseMs, stoppedAt }: CatalogDataset): number {
    if (stoppedAt !== undefined) return stoppedAt;
    const interval = expectedIntervalSeconds * 1000;
    return Math.floor((this.now() - phaseMs) / interval) * interval + phaseMs;
  }
}

function nameAt(names: readonly string[], index: number): string {
  const round = Math.floor(index / names.length);
  return `${names[index % names.length] ?? ''}${round === 0 ? '' : `-${round + 1}`}`;
}
