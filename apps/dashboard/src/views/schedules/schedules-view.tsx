import { listSchedules, type ScheduleSummary } from '../../api/schedules.js';
import { useGrowingList } from '../../lib/use-growing-list.js';
import { href } from '../../router/route.js';
import { May } from '../../session/may.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { NextPage } from '../../ui/next-page.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { TableFrame } from '../../ui/table-frame.js';
import { Ago } from '../../ui/time.js';
import { useRunTypes } from '../start/use-run-types.js';
import { NextRun } from './next-run.js';
import { addressOfRun } from './run-of.js';
import { ScheduleActions } from './schedule-actions.js';
import { specInWords } from './spec-words.js';

const REFRESH_MS = 5_000;

/** Schedules, with the runs that they have started and will start. */
export default function SchedulesView() {
  const read = async (token: string | undefined, signal: AbortSignal) => {
    const { schedules, nextPageToken } = await listSchedules(token, { signal });
    return { rows: schedules, nextPageToken };
  };
  const { value, problem, loading, reload, showMore } = useGrowingList('schedules', read, REFRESH_MS);
  return (
    <Page
      title="Schedules"
      actions={
        <May operation="createSchedule">
          <a class="button primary" href="#/schedules/new">
            <Icon name="plus" />
            New schedule
          </a>
        </May>
      }
    >
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && loading && <p class="muted">Loading…</p>}
      {value && value.rows.length === 0 && (
        <Empty title="Nothing is scheduled.">
          <p>A schedule starts a run again and again: every night, say, to see what has changed.</p>
          <May operation="createSchedule">
            <a class="button primary" href="#/schedules/new">
              Make a schedule
            </a>
          </May>
        </Empty>
      )}
      {value && value.rows.length > 0 && <ScheduleTable schedules={value.rows} changed={reload} />}
      {value?.more === true && <NextPage what="schedules" act={showMore} />}
    </Page>
  );
}

function ScheduleTable({ schedules, changed }: { readonly schedules: readonly ScheduleSummary[]; readonly changed: () => void }) {
  const { value: types } = useRunTypes();
  return (
    <TableFrame label="Schedules" class="card">
      <table class="schedules">
        <thead>
          <tr>
            <th scope="col">Schedule</th>
            <th scope="col">When</th>
            <th scope="col">State</th>
            <th scope="col">Next run</th>
            <th scope="col">Last run</th>
            <th scope="col">
              <span class="hidden-visually">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {schedules.map((schedule) => {
            const { id, runType, spec, paused, note, nextRuns, lastRuns } = schedule;
            const [last] = lastRuns;
            return (
              <tr key={id}>
                <th scope="row" class="schedule-name">
                  <a href={href`schedules/${id}`}>{id}</a>
                  <span class="muted">{types?.find(({ slug }) => slug === runType)?.title ?? runType}</span>
                </th>
                <td class="schedule-when">{specInWords(spec)}</td>
                <td>
                  <span class={`badge ${paused ? 'warn' : 'good'}`} title={note}>
                    {paused ? 'Paused' : 'Active'}
                  </span>
                </td>
                <td class="nowrap">{paused ? <span class="muted">when resumed</span> : <NextRun time={nextRuns[0]} />}</td>
                <td class="nowrap">
                  {last ? (
                    <a href={addressOfRun(last.run)}>
                      <Ago time={last.startedAt} />
                    </a>
                  ) : (
                    <span class="muted">none yet</span>
                  )}
                </td>
                <td>
                  <ScheduleActions schedule={schedule} changed={changed} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}
