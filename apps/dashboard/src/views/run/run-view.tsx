import { useState } from 'preact/hooks';
import { retryRun } from '../../api/runs.js';
import type { Run } from '../../api/types.js';
import { href, withQuery } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { useMay } from '../../session/caller.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Icon } from '../../ui/icon.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { RunStatusBadge } from '../../ui/run-status.js';
import { Ago, Elapsed } from '../../ui/time.js';
import { hasView } from '../index.js';
import { typeTitle, useRunTypes } from '../start/use-run-types.js';
import type { ViewProps } from '../view.js';
import { CancelDialog } from './cancel-dialog.js';
import { ProgressSection } from './progress-section.js';
import { PublishedSections } from './published-sections.js';
import { isExtraction, isExtractionResult, isFlowResult } from './run-kinds.js';
import { FlowResultSections } from './flow-result.js';
import { TerminateDialog } from './terminate-dialog.js';
import { useRun } from './use-run.js';

const RETRIABLE = new Set(['failed', 'timed-out', 'terminated']);

type Asking = 'cancel' | 'terminate' | 'retry';

/** One run: how far it is, or what has become of it. */
export default function RunView({ params: { workflowId = '' }, query }: ViewProps) {
  const { run, problem, reload } = useRun(workflowId, query.get('runId') ?? undefined);
  const [asking, setAsking] = useState<Asking>();
  const close = (): void => { setAsking(undefined); };
  const about = run?.connection ?? run?.subject ?? workflowId;
  return (
    <Page title={about} above={<Above run={run} />} actions={run && <Actions run={run} ask={setAsking} />}>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!run && !problem && <p class="muted">Loading…</p>}
      {run && <Details run={run} />}
      {run && asking === 'cancel' && <CancelDialog run={run} close={close} cancelled={reload} />}
      {run && asking === 'terminate' && <TerminateDialog run={run} close={close} terminated={reload} />}
      {run && asking === 'retry' && (
        <ConfirmDialog
          title="Retry this run?"
          confirm="Retry"
          close={close}
          act={async () => {
            const started = await retryRun(run.workflowId, run.runId);
            navigate(withQuery(href`runs/${started.workflowId}`, { runId: started.runId }));
          }}
        >
          <p>It goes on from the stage that failed, as a new run with the same workflow id and input. What was done before is not done again.</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}

function Above({ run }: { readonly run: Run | undefined }) {
  const { value: types } = useRunTypes();
  return (
    <>
      <a href="#/runs">Runs</a>
      {run && <> / {typeTitle(types, run.type)}</>}
    </>
  );
}

function Actions({ run, ask }: { readonly run: Run; readonly ask: (what: Asking) => void }) {
  const { temporalUi } = run.links;
  const running = run.status === 'running';
  const may = useMay();
  return (
    <>
      {run.status === 'completed' && isExtraction(run) && hasView('catalog/:workflowId') && (
        <a class="button primary" href={withQuery(href`catalog/${run.workflowId}`, { runId: run.runId })}>
          <Icon name="catalog" />
          Browse the catalog
        </a>
      )}
      {RETRIABLE.has(run.status) && may('retryRun') && (
        <button type="button" class="primary" onClick={() => { ask('retry'); }}>
          <Icon name="retry" />
          Retry
        </button>
      )}
      {temporalUi !== undefined && (
        <a class="button" href={temporalUi} target="_blank" rel="noreferrer">
          <Icon name="external" />
          Temporal UI
        </a>
      )}
      {running && run.cancelRequested !== true && may('cancelRun') && (
        <button type="button" class="danger" onClick={() => { ask('cancel'); }}>
          Cancel
        </button>
      )}
      {running && run.cancelRequested === true && may('terminateRun') && (
        <button type="button" class="danger" onClick={() => { ask('terminate'); }}>
          Terminate
        </button>
      )}
    </>
  );
}

function Details({ run }: { readonly run: Run }) {
  return (
    <>
      <dl class="facts">
        <div>
          <dt>Status</dt>
          <dd aria-live="polite">
            <RunStatusBadge status={run.status} cancelRequested={run.cancelRequested === true} />
          </dd>
        </div>
        <div>
          <dt>Started</dt>
          <dd>
            <Ago time={run.startTime} />
          </dd>
        </div>
        <div>
          <dt>Duration</dt>
          <dd>
            <Elapsed from={run.startTime} to={run.closeTime} />
          </dd>
        </div>
        <Id name="Workflow id" value={run.workflowId} />
        <Id name="Run id" value={run.runId} />
      </dl>
      {run.failure && <ProblemNotice problem={run.failure} silent />}
      {run.status === 'cancelled' && (
        <div class="notice">
          <div class="notice-body">
            <p class="notice-title">It was cancelled.</p>
            <p>Nothing of it was published. Start it again when you want its result.</p>
          </div>
        </div>
      )}
      <ProgressSection run={run} />
      {isFlowResult(run.result) && <FlowResultSections run={run} result={run.result} />}
      {isExtractionResult(run.result) && <PublishedSections run={run} result={run.result} />}
    </>
  );
}

function Id({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code> <CopyButton what={name.toLowerCase()} text={value} />
      </dd>
    </div>
  );
}
