import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { boundLabels, type LabelValues } from './label-bound.js';

/** A metric without its prefix: `activities_total` becomes `tributary_activities_total`. */
export interface MetricDefinition<L extends string> {
  readonly name: string;
  readonly help: string;
  /** Only what has few values: a type, an outcome; never an id or a name out of data. */
  readonly labels?: readonly L[];
}

export interface CounterMetric<L extends string> {
  inc(labels: LabelValues<L>, value?: number): void;
}

export interface GaugeMetric<L extends string> {
  set(labels: LabelValues<L>, value: number): void;
}

/** A gauge that is worked out when it is asked for. */
export interface ReadGaugeDefinition<L extends string> extends MetricDefinition<L> {
  /** Values of now; those of label sets that it does not give are gone. */
  readonly read: () => Iterable<readonly [labels: LabelValues<L>, value: number]>;
}

export interface HistogramMetric<L extends string> {
  observe(labels: LabelValues<L>, value: number): void;
}

/** Prometheus metrics of one process. Defining a metric again gives the one that is there. */
export class Metrics {
  readonly #registry = new Registry();

  counter<L extends string = never>({ name, help, labels = [] }: MetricDefinition<L>): CounterMetric<L> {
    const metric = this.#existing<Counter>(name) ?? new Counter({ ...this.#shape(name, help, labels) });
    const bound = boundLabels(labels);
    return { inc: (values, value = 1) => metric.inc(bound(values), value) };
  }

  gauge<L extends string = never>({ name, help, labels = [] }: MetricDefinition<L>): GaugeMetric<L> {
    const metric = this.#existing<Gauge>(name) ?? new Gauge({ ...this.#shape(name, help, labels) });
    const bound = boundLabels(labels);
    return { set: (values, value) => metric.set(bound(values), value) };
  }

  /** A gauge whose values are worked out at each scrape. Defining it again replaces what it reads. */
  readGauge<L extends string = never>({ name, help, labels = [], read }: ReadGaugeDefinition<L>): void {
    this.#registry.removeSingleMetric(`tributary_${name}`);
    const bound = boundLabels(labels);
    new Gauge({
      ...this.#shape(name, help, labels),
      collect() {
        this.reset();
        for (const [values, value] of read()) this.set(bound(values), value);
      },
    });
  }

  histogram<L extends string = never>(
    { name, help, labels = [], buckets }: MetricDefinition<L> & { readonly buckets: readonly number[] },
  ): HistogramMetric<L> {
    const metric =
      this.#existing<Histogram>(name) ?? new Histogram({ ...this.#shape(name, help, labels), buckets: [...buckets] });
    const bound = boundLabels(labels);
    return { observe: (values, value) => metric.observe(bound(values), value) };
  }

  /** Adds memory, CPU, event loop and garbage collection of the process, under their usual names. */
  collectProcess(): void {
    if (!this.#registry.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics({ register: this.#registry });
  }

  /** Adds which build of which app this process is. */
  describeBuild({ app, version, buildId = '' }: { readonly app: string; readonly version: string; readonly buildId?: string | undefined }): void {
    const info = this.gauge({ name: 'build_info', help: 'Always 1; its labels say what runs.', labels: ['app', 'version', 'build_id'] });
    info.set({ app, version, build_id: buildId }, 1);
  }

  /** All metrics in Prometheus' text format. */
  render(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  #existing<M>(name: string): M | undefined {
    return this.#registry.getSingleMetric(`tributary_${name}`) as M | undefined;
  }

  #shape(name: string, help: string, labels: readonly string[]) {
    return { name: `tributary_${name}`, help, labelNames: [...labels], registers: [this.#registry] };
  }
}

/** The metrics of this process. */
export const metrics = new Metrics();
