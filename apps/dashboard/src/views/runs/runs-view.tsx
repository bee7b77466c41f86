import { useEffect, useState } from 'preact/hooks';
import { listRuns } from '../../api/runs.js';
import type { RunSummary } from '../../api/types.js';
import { useResource } from '../../lib/use-resource.js';
import { withQuery } from '../../router/route.js';
import { navigate, replaceAddress } from '../../router/use-location.js';
import { useMay } from '../../session/caller.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { START_OPERATIONS } from '../start/start-operations.js';
import { CancelDialog } from '../run/cancel-dialog.js';
import type { ViewProps } from '../view.js';
import { Filters } from './filters.js';
import { filterOf, isFiltered, type ListQuery, queryOf } from './list-query.js';
import { RunTable } from './run-table.js';
import { useProgressOf } from './use-progress-of.js';

const REFRESH_MS = 4_000;
const PAGE_SIZE = 50;

/** Token of the page before, by that of a page: the API only goes forward. */
const before = new Map<string, string | undefined>();

/** All runs, the latest first, with the progress of those that run. */
export default function RunsView({ query }: ViewProps) {
  const list = queryOf(query);
  const key = query.toString();
  const { value, problem, loading, reload } = useResource(
    key,
    async (signal) => {
      const filter = filterOf(list);
      return { ...(await listRuns({ ...filter, pageSize: PAGE_SIZE }, { signal })), startedAfter: filter.startedAfter };
    },
    REFRESH_MS,
  );
  const [cancelling, setCancelling] = useState<RunSummary>();
  const progress = useProgressOf(value?.runs ?? []);
  const may = useMay();
  const mayStart = START_OPERATIONS.some((operation) => may(operation));
  const { pageToken } = list;
  const next = value?.nextPageToken;

  useEffect(() => {
    if (next !== undefined) before.set(next, pageToken);
  }, [next, pageToken]);

  const change = (changed: Partial<ListQuery>): void => {
    const { pageToken: _token, startedAfter: _moment, ...others } = list;
    replaceAddress(withQuery('#/runs', { ...others, ...changed }));
  };
  const goTo = (token: string | undefined): void => { navigate(withQuery('#/runs', { ...list, pageToken: token, startedAfter: value?.startedAfter })); };

  return (
    <Page
      title="Runs"
      actions={
        mayStart && (
          <a class="button primary" href="#/start">
            <Icon name="start" />
            Start a run
          </a>
        )
      }
    >
      <Filters list={list} change={change} />
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {value && value.runs.length > 0 && <RunTable runs={value.runs} progress={progress} cancel={may('cancelRun') ? setCancelling : undefined} />}
      {value && value.runs.length === 0 && <NoRuns list={list} change={change} mayStart={mayStart} />}
      {!value && loading && <p class="muted">Loading…</p>}
      {(pageToken !== undefined || next !== undefined) && (
        <nav class="pages" aria-label="Pages">
          <button type="button" disabled={pageToken === undefined} onClick={() => { goTo(pageToken === undefined ? undefined : before.get(pageToken)); }}>
            {pageToken === undefined || before.has(pageToken) ? 'Newer' : 'First page'}
          </button>
          <button type="button" disabled={next === undefined} onClick={() => { goTo(next); }}>
            Older
          </button>
        </nav>
      )}
      {cancelling && (
        <CancelDialog
          run={cancelling}
          close={() => { setCancelling(undefined); }}
          cancelled={reload}
        />
      )}
    </Page>
  );
}

interface NoRunsProps {
  readonly list: ListQuery;
  readonly change: (changed: Partial<ListQuery>) => void;
  readonly mayStart: boolean;
}

function NoRuns({ list, change, mayStart }: NoRunsProps) {
  if (!isFiltered(list)) {
    return (
      <Empty title="Nothing has run yet.">
        {mayStart ? (
          <>
            <p>
              Start a run here, with <code>npm start</code> on the local stack, or over HTTP.
            </p>
            <a class="button primary" href="#/start">
              Start a run
            </a>
          </>
        ) : (
          <p>Runs that somebody starts are shown here.</p>
        )}
      </Empty>
    );
  }
  return (
    <Empty title="No run fits the filters.">
      <p>A connection or a subject must be written in full; of a workflow id the beginning is enough.</p>
      <button
        type="button"
        onClick={() => { change({ status: undefined, type: undefined, text: undefined, since: undefined }); }}
      >
        Clear the filters
      </button>
    </Empty>
  );
}
