import { getSchedule, OVERLAP_POLICIES, type Schedule } from '../../api/schedules.js';
import { count, moment } from '../../lib/format.js';
import { useResource } from '../../lib/use-resource.js';
import { navigate } from '../../router/use-location.js';
import { CodeBlock } from '../../ui/code-block.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { Ago } from '../../ui/time.js';
import type { ViewProps } from '../view.js';
import { useRunTypes } from '../start/use-run-types.js';
import { Fact } from '../../ui/fact.js';
import { NextRun } from './next-run.js';
import { addressOfRun } from './run-of.js';
import { ScheduleActions } from './schedule-actions.js';
import { specInWords } from './spec-words.js';

const REFRESH_MS = 4_000;

/** One schedule: when it starts what, and what it has started. */
export default function ScheduleView({ params: { id = '' } }: ViewProps) {
  const { value, problem, loading, reload } = useResource(`schedule/${id}`, (signal) => getSchedule(id, { signal }), REFRESH_MS);
  return (
    <Page
      title={id}
      above={<a href="#/schedules">Schedules</a>}
      actions={value && <ScheduleActions schedule={value} changed={reload} deleted={() => { navigate('#/schedules'); }} />}
    >
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && loading && <p class="muted">Loading…</p>}
      {value && <Details schedule={value} />}
    </Page>
  );
}

function Details({ schedule }: { readonly schedule: Schedule }) {
  const { value: types } = useRunTypes();
  const { runType, spec, paused, note, nextRuns, lastRuns, overlap, counts, running, input, createdAt } = schedule;
  return (
    <>
      <dl class="facts">
        <Fact name="State">
          <span class={`badge ${paused ? 'warn' : 'good'}`}>{paused ? 'Paused' : 'Active'}</span>
        </Fact>
        <Fact name="Starts">{types?.find(({ slug }) => slug === runType)?.title ?? runType}</Fact>
        <Fact name="When">{specInWords(spec)}</Fact>
        <Fact name="While one is under way">{OVERLAP_POLICIES[overlap]}</Fact>
        <Fact name="Started, skipped, missed">{`${count(counts.started)}, ${count(counts.skipped)}, ${count(counts.missed)}`}</Fact>
        <Fact name="Made">
          <Ago time={createdAt} />
        </Fact>
        {note !== undefined && note !== '' && <Fact name="Note">{note}</Fact>}
      </dl>
      <div class="columns">
        <Section title="Last runs" note={running.length > 0 ? `${count(running.length)} under way` : undefined}>
          {lastRuns.length === 0 ? (
            <p class="muted">None yet. “Start now” starts one.</p>
          ) : (
            <ul class="lines">
              {lastRuns.map(({ run, startedAt }) => (
                <li key={run}>
                  <p class="spread">
                    <a href={addressOfRun(run)}>{moment(startedAt)}</a>
                    <span class="muted">
                      {running.includes(run) && <span class="badge busy">Running</span>} <Ago time={startedAt} />
                    </span>
                  </p>
                </li>
              ))}
            </ul>
          )}
        </Section>
        <Section title="Next runs">
          {paused && <p class="muted">It is paused: none of these is started until it is resumed.</p>}
          {nextRuns.length === 0 && <p class="muted">None: its times have passed.</p>}
          <ul class="lines">
            {nextRuns.slice(0, 8).map((time) => (
              <li key={time}>
                <p class="spread">
                  {moment(time)}
                  <span class="muted">
                    <NextRun time={time} />
                  </span>
                </p>
              </li>
            ))}
          </ul>
        </Section>
      </div>
      <Section title="Input of each run">
        <CodeBlock label="Input as JSON" text={JSON.stringify(input, null, 2)} />
      </Section>
    </>
  );
}
