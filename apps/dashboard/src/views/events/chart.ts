import type { EventSummary } from '../../api/event-summary.js';

/** Types with a colour of their own; what is left has the last one. */
const MOST_SERIES = 8;
const WEEK_MS = 7 * 86_400_000;
const TICKS = 4;

export interface Series {
  readonly name: string;
  /** Types that it stands for: several for the rest. */
  readonly types: readonly string[];
  readonly total: number;
  /** From 1: which colour. */
  readonly color: number;
}

export interface WeekBar {
  /** Monday, YYYY-MM-DD. */
  readonly week: string;
  readonly total: number;
  /** From the bottom up; without empty ones. */
  readonly parts: readonly { readonly series: Series; readonly count: number; readonly below: number }[];
}

/** The series of a summary, the largest first; those beyond the colours are one, "Other types". */
export function seriesOf({ weeks, omitted }: EventSummary): readonly Series[] {
  const totals = new Map<string, number>();
  for (const { type, count } of weeks) totals.set(type, (totals.get(type) ?? 0) + count);
  const sorted = [...totals].sort(([a, many], [b, more]) => more - many || a.localeCompare(b));
  const own = sorted.length <= MOST_SERIES ? sorted : sorted.slice(0, MOST_SERIES - 1);
  const rest = sorted.slice(own.length);
  const series = own.map(([name, total], at) => ({ name, types: [name], total, color: at + 1 }));
  if (rest.length === 0) return series;
  const others = rest.length + (omitted?.types ?? 0);
  return [...series, { name: `Other types (${others})`, types: rest.map(([name]) => name), total: rest.reduce((sum, [, total]) => sum + total, 0), color: MOST_SERIES }];
}

/** A bar for each week of the span, empty ones too, of the series that are shown. */
export function barsOf({ from, to, weeks }: EventSummary, shown: readonly Series[]): readonly WeekBar[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { week, type, count } of weeks) {
    const ofWeek = counts.get(week) ?? new Map<string, number>();
    counts.set(week, ofWeek.set(type, count));
  }
  return mondays(from, to).map((week) => {
    let total = 0;
    const parts = shown.flatMap((series) => {
      const count = series.types.reduce((sum, type) => sum + (counts.get(week)?.get(type) ?? 0), 0);
      if (count === 0) return [];
      const below = total;
      total += count;
      return [{ series, count, below }];
    });
    return { week, total, parts };
  });
}

/** Round values for the lines of a scale that reaches a value: from 0 to the first one not below it. */
export function ticksFor(most: number): readonly number[] {
  const rough = Math.max(1, most) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const whole = Number.isInteger(step) ? step : Math.ceil(step);
  return Array.from({ length: Math.ceil(Math.max(1, most) / whole) + 1 }, (_, at) => at * whole);
}

function mondays(from: string, to: string): readonly string[] {
  const first = Date.parse(from);
  const weeks = Math.max(0, Math.round((Date.parse(to) - first) / WEEK_MS)) + 1;
  return Array.from({ length: weeks }, (_, at) => new Date(first + at * WEEK_MS).toISOString().slice(0, 10));
}
