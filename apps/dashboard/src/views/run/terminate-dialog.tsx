import { useState } from 'preact/hooks';
import { terminateRun } from '../../api/runs.js';
import type { RunSummary } from '../../api/types.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';

export interface TerminateDialogProps {
  readonly run: RunSummary;
  readonly terminated: () => void;
  readonly close: () => void;
}

/** For a run that does not come to its end after it was asked to cancel. */
export function TerminateDialog({ run, terminated, close }: TerminateDialogProps) {
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      title="Terminate this run?"
      confirm="Terminate the run"
      dismiss="Let it wind up"
      danger
      act={async () => {
        await terminateRun(run.workflowId, run.runId, reason);
        terminated();
      }}
      close={close}
    >
      <p>It ends at once and tidies nothing up.</p>
      <div class="field">
        <label for="reason">Reason</label>
        <input id="reason" required maxLength={500} value={reason} onInput={(event) => { setReason(event.currentTarget.value); }} />
        <p class="hint">Temporal keeps it with the run.</p>
      </div>
    </ConfirmDialog>
  );
}
