import { bearer } from './access.js';

export interface StreamedEvent {
  readonly name: string;
  readonly data: unknown;
}

/** A server-sent event stream that is being read. */
export interface EventReader {
  readonly status: number;
  readonly headers: Headers;
  /** Events received so far. */
  readonly events: readonly StreamedEvent[];
  /** The first event, received or to come, that fits. */
  next(fits: (event: StreamedEvent) => boolean): Promise<StreamedEvent>;
  /** Resolves when the server has closed the stream. */
  closed(): Promise<void>;
  /** Breaks the connection off. */
  leave(): void;
}

const TIMEOUT_MS = 20_000;

/** Reads a stream as the admin, or with another key. */
export async function openEvents(url: string, key?: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const abort = new AbortController();
  const response = await fetch(url, { headers: { ...bearer(key), ...headers }, signal: abort.signal });
  const events: StreamedEvent[] = [];
  const waiting = new Set<() => void>();
  const reading = (async () => {
    let rest = '';
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()) as AsyncIterable<string>) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      events.push(...blocks.flatMap((block) => parse(block) ?? []));
      for (const wake of waiting) wake();
    }
  })().catch(() => undefined);

  return {
    status: response.status,
    headers: response.headers,
    events,
    next: (fits) =>
      bounded('an event', (done) => {
        const look = (): void => {
          const found = events.find(fits);
          if (found) done(found);
        };
        waiting.add(look);
        look();
      }),
    closed: () => bounded('the end of the stream', (done: (value: void) => void) => void reading.then(done)),
    leave: () => abort.abort(),
  };
}

function parse(block: string): StreamedEvent | undefined {
  const name = /^event: (.*)$/m.exec(block)?.[1];
  const data = /^data: (.*)$/m.exec(block)?.[1];
  return name === undefined || data === undefined ? undefined : { name, data: JSON.parse(data) as unknown };
}

function bounded<T>(what: string, work: (done: (value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Waited in vain for ${what}`)), TIMEOUT_MS);
    work((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
