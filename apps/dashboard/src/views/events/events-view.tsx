import { useMemo, useState } from 'preact/hooks';
import { summarizeEvents, type EventSummary } from '../../api/event-summary.js';
import { count } from '../../lib/format.js';
import { useResource } from '../../lib/use-resource.js';
import { withQuery } from '../../router/route.js';
import { replaceAddress } from '../../router/use-location.js';
import { May } from '../../session/may.js';
import { Empty } from '../../ui/empty.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import type { ViewProps } from '../view.js';
import { barsOf, seriesOf, type Series } from './chart.js';
import { dayOf, WeekChart } from './week-chart.js';
import { WeekTable } from './week-table.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Events per week and type, from the events table. */
export default function EventsView({ query }: ViewProps) {
  const span = { from: dayIn(query.get('from')), to: dayIn(query.get('to')) };
  const { value, problem, loading, reload } = useResource(`events/${span.from ?? ''}/${span.to ?? ''}`, (signal) => summarizeEvents(span, { signal }));
  const change = (changed: Partial<typeof span>): void => { replaceAddress(withQuery('#/events', { ...span, ...changed })); };
  return (
    <Page
      title="Events"
      actions={
        <button type="button" disabled={loading} onClick={reload}>
          {loading ? 'Counting…' : 'Count again'}
        </button>
      }
    >
      <div class="toolbar">
        <DayField label="From" value={span.from ?? value?.from} change={(from) => { change({ from }); }} />
        <DayField label="To" value={span.to ?? value?.to} change={(to) => { change({ to }); }} />
        {(span.from ?? span.to) !== undefined && (
          <button type="button" class="quiet" onClick={() => { change({ from: undefined, to: undefined }); }}>
            The last half year
          </button>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && loading && <p class="muted">Counting the events of each week…</p>}
      {value && value.weeks.length === 0 && (
        <Empty title="No events in these weeks.">
          <p>Choose other weeks, or load some: start a flow for a person, a team or a package.</p>
          <May operation="startEtlFlow">
            <a class="button primary" href="#/start/etl-flow">
              Start a flow
            </a>
          </May>
        </Empty>
      )}
      {value && value.weeks.length > 0 && <Chart key={`${value.from} ${value.to}`} summary={value} />}
    </Page>
  );
}

function Chart({ summary }: { readonly summary: EventSummary }) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const series = useMemo(() => seriesOf(summary), [summary]);
  const shown = useMemo(() => series.filter(({ name }) => !hidden.has(name)), [series, hidden]);
  const bars = useMemo(() => barsOf(summary, shown), [summary, shown]);
  const [selected, setSelected] = useState(() => Math.max(0, bars.findLastIndex(({ total }) => total > 0)));
  const week = bars[selected];
  const toggle = (name: string): void => {
    setHidden((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  };
  return (
    <>
      <Section title="Events by week and type" note={`${count(summary.total)} in the weeks from ${summary.from} to ${summary.to}`}>
        <WeekChart bars={bars} selected={selected} select={setSelected} />
        <Legend series={series} hidden={hidden} toggle={toggle} />
        {week && (
          <p class="week-detail" aria-live="polite">
            <strong>
              Week of {dayOf(week.week)}: {count(week.total)}
            </strong>
            {[...week.parts].reverse().map(({ series: { name, color }, count: many }) => (
              <span key={name} class="nowrap">
                <span class={`dot series-${color}`} /> {name} {count(many)}
              </span>
            ))}
          </p>
        )}
        {summary.omitted && (
          <p class="muted">
            {count(summary.omitted.types)} rarer types with {count(summary.omitted.events)} events are in the total and not in the chart.
          </p>
        )}
      </Section>
      <Section title="The same in figures" note="weeks without events are left out">
        <WeekTable bars={bars} series={shown} />
      </Section>
    </>
  );
}

function Legend({ series, hidden, toggle }: { readonly series: readonly Series[]; readonly hidden: ReadonlySet<string>; readonly toggle: (name: string) => void }) {
  return (
    <div class="legend" role="group" aria-label="Types that are shown">
      {series.map(({ name, total, color }) => (
        <button key={name} type="button" class="small quiet" aria-pressed={!hidden.has(name)} onClick={() => { toggle(name); }}>
          <span class={`dot series-${color}`} />
          {name} <span class="number">{count(total)}</span>
        </button>
      ))}
    </div>
  );
}

function DayField({ label, value, change }: { readonly label: string; readonly value: string | undefined; readonly change: (day: string | undefined) => void }) {
  return (
    <label class="labelled">
      {label}
      <input type="date" value={value ?? ''} onChange={(event) => { change(dayIn(event.currentTarget.value)); }} />
    </label>
  );
}

function dayIn(text: string | null): string | undefined {
  return text !== null && DAY.test(text) ? text : undefined;
}
