import { cancelRun } from '../../api/runs.js';
import type { RunSummary } from '../../api/types.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';

export interface CancelDialogProps {
  readonly run: RunSummary;
  readonly cancelled: () => void;
  readonly close: () => void;
}

export function CancelDialog({ run, cancelled, close }: CancelDialogProps) {
  return (
    <ConfirmDialog
      title="Cancel this run?"
      confirm="Cancel the run"
      dismiss="Let it run"
      danger
      act={async () => {
        await cancelRun(run.workflowId, run.runId);
        cancelled();
      }}
      close={close}
    >
      <p>
        {run.connection ?? run.subject ?? ''} <code>{run.workflowId}</code>
      </p>
      <p class="muted">It winds up and ends as cancelled; nothing of it is published. What earlier runs have published stays.</p>
    </ConfirmDialog>
  );
}
