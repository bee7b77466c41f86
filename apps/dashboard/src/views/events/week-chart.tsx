import { useRef } from 'preact/hooks';
import { count } from '../../lib/format.js';
import { TableFrame } from '../../ui/table-frame.js';
import { ticksFor, type WeekBar } from './chart.js';

const WIDTH = 880;
const HEIGHT = 260;
const LEFT = 52;
const TOP = 12;
const BOTTOM = 30;
const LEAST_BAND = 13;
const MOST_BAND = 64;
/** Room for a date below the bars. */
const DATE_WIDTH = 66;
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export interface WeekChartProps {
  readonly bars: readonly WeekBar[];
  readonly selected: number;
  readonly select: (at: number) => void;
}

/** 5 Jan */
export const dayOf = (week: string): string => DAY.format(new Date(week));

/** Events of each week as stacked bars. One of them takes the focus; the arrow keys go from week to week. */
export function WeekChart({ bars, selected, select }: WeekChartProps) {
  const drawing = useRef<SVGSVGElement>(null);
  const band = Math.min(MOST_BAND, Math.max(LEAST_BAND, Math.floor((WIDTH - LEFT) / bars.length)));
  const width = LEFT + band * bars.length + 8;
  const end = width - DATE_WIDTH * 0.7;
  const ticks = ticksFor(Math.max(...bars.map(({ total }) => total)));
  const most = ticks.at(-1) ?? 1;
  const y = (value: number): number => TOP + HEIGHT * (1 - value / most);
  const every = Math.ceil(DATE_WIDTH / band);
  const goTo = (at: number): void => {
    const next = Math.min(bars.length - 1, Math.max(0, at));
    select(next);
    drawing.current?.querySelectorAll<SVGGElement>('[data-week]')[next]?.focus();
  };
  const pressed = (event: KeyboardEvent): void => {
    const to = { ArrowLeft: selected - 1, ArrowRight: selected + 1, Home: 0, End: bars.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <TableFrame label="Chart">
      <svg
        ref={drawing}
        class="week-chart"
        width={width}
        height={TOP + HEIGHT + BOTTOM}
        viewBox={`0 0 ${width} ${TOP + HEIGHT + BOTTOM}`}
        role="group"
        aria-label="Events by week; the arrow keys go from week to week"
        onKeyDown={pressed}
      >
        {ticks.map((value) => (
          <g key={value} aria-hidden="true">
            <path class="week-grid" d={`M${LEFT} ${y(value)}H${width}`} />
            <text class="week-scale" x={LEFT - 8} y={y(value) + 4}>
              {count(value)}
            </text>
          </g>
        ))}
        {bars.map(({ week, total, parts }, at) => (
          <g
            key={week}
            data-week={week}
            class="week-bar"
            role="img"
            tabIndex={at === selected ? 0 : -1}
            aria-label={`Week of ${dayOf(week)}: ${count(total)} events`}
            onFocus={() => { select(at); }}
            onClick={() => { goTo(at); }}
          >
            <title>{`Week of ${dayOf(week)}: ${count(total)} events`}</title>
            <rect class={`week-hit ${at === selected ? 'selected' : ''}`} x={LEFT + at * band} y={TOP} width={band} height={HEIGHT} />
            {parts.map(({ series, count: many, below }) => (
              <rect
                key={series.name}
                class={`fill-${series.color}`}
                x={LEFT + at * band + band * 0.14}
                y={y(below + many)}
                width={band * 0.72}
                height={Math.max(1, y(below) - y(below + many))}
              />
            ))}
          </g>
        ))}
        {bars.map(({ week }, at) =>
          at % every === 0 && LEFT + at * band < end ? (
            <text key={week} class="week-date" x={LEFT + at * band + band * 0.14} y={TOP + HEIGHT + 20} aria-hidden="true">
              {dayOf(week)}
            </text>
          ) : null,
        )}
      </svg>
    </TableFrame>
  );
}
