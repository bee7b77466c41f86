import { readFileSync } from 'node:fs';
import type { HttpClient } from './http-client.js';

const EVERY_MS = 200;

/** Samples the memory of a process, and asks it for its event loop and its CPU. */
export class ProcessWatch {
  #samples: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly pid: number,
    private readonly http: HttpClient,
  ) {
    this.#timer = setInterval(() => this.#samples.push(this.residentBytes()), EVERY_MS);
  }

  residentBytes(): number {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(this.pid)}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? Number.NaN) * 1024;
  }

  /** Resident bytes since this was asked before. */
  takeSamples(): readonly number[] {
    const samples = [...this.#samples, this.residentBytes()];
    this.#samples = [];
    return samples;
  }

  /** CPU of the process since its start, and how late its event loop was since this was asked before. */
  async processFigures(): Promise<{ readonly cpuMillis: number; readonly lagP99Millis: number }> {
    const { text } = await this.http.get('/metrics');
    const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    return { cpuMillis: value('process_cpu_seconds_total') * 1_000, lagP99Millis: value('nodejs_eventloop_lag_p99_seconds') * 1_000 };
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
