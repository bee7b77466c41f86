import pg from 'pg';
import type { Infrastructure } from './infrastructure.js';

/** How many events of a window the table has, by week in order; weeks without any are among them. */
export async function eventsByWeek(
  { stack, secrets }: Pick<Infrastructure, 'stack' | 'secrets'>,
  { start, end }: { readonly start: string; readonly end: string },
): Promise<{ week: string; events: number }[]> {
  const url = new URL(stack.eventsUrl);
  url.password = secrets['events']?.['password'] ?? '';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rows } = await client.query<{ week: string; events: number }>(
      `WITH counted AS (
         SELECT week, count(*)::int AS events FROM tributary.events WHERE time_utc >= $1 AND time_utc < $2 GROUP BY week
       )
       SELECT to_char(w.week, 'YYYY-MM-DD') AS week, coalesce(events, 0) AS events
       FROM generate_series((SELECT min(week) FROM counted)::timestamp, (SELECT max(week) FROM counted)::timestamp, '7 days') AS w(week)
       LEFT JOIN counted ON counted.week = w.week::date
       ORDER BY w.week`,
      [start, end],
    );
    return rows;
  } finally {
    await client.end();
  }
}
