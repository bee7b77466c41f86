import { Context } from '@temporalio/activity';

const BEAT_EVERY = 20;

interface Position {
  readonly next: number;
  readonly kept?: unknown;
}

/**
 * Does `count` pieces of work, so many at a time, and sends heartbeats of how far it is. `kept`: lists that are carried in
 * the heartbeats; with them a try that follows goes on where the last one was, without them it begins again.
 */
export async function inLanes(count: number, lanes: number, work: (place: number) => Promise<void>, kept?: Record<string, number[]>): Promise<void> {
  const context = Context.current();
  const last = (kept ? context.info.heartbeatDetails : undefined) as Position | undefined;
  const begin = last?.next ?? 0;
  if (kept && last?.kept) for (const [name, places] of Object.entries(last.kept as Record<string, number[]>)) kept[name]?.push(...places.filter((place) => place < begin));
  let next = begin;
  const open = new Set<number>();
  let done = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      context.cancellationSignal.throwIfAborted();
      const place = next;
      next += 1;
      open.add(place);
      await work(place);
      open.delete(place);
      done += 1;
      if (done % BEAT_EVERY === 0) context.heartbeat({ next: Math.min(next, ...open), ...(kept && { kept }) } satisfies Position);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, count - begin) }, lane));
}
