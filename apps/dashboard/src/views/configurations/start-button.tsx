import { useMemo, useState } from 'preact/hooks';
import { startConfiguration } from '../../api/configurations.js';
import { newIdempotencyKey } from '../../api/idempotency-key.js';
import { href, withQuery } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { May } from '../../session/may.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Icon } from '../../ui/icon.js';

/** Starts a run with a saved configuration, after asking. */
export function StartButton({ name, small = false }: { readonly name: string; readonly small?: boolean }) {
  const [asking, setAsking] = useState(false);
  // Of one question one run: also when the answer to it gets lost.
  const key = useMemo(() => (asking ? newIdempotencyKey() : ''), [asking]);
  return (
    <May operation="startConfiguration">
      <button type="button" class={small ? 'small' : 'primary'} aria-label={`Start ${name}`} onClick={() => { setAsking(true); }}>
        {!small && <Icon name="start" />}
        Start
      </button>
      {asking && (
        <ConfirmDialog
          title={`Start a run of ${name}?`}
          confirm="Start the run"
          act={async () => {
            const run = await startConfiguration(name, key);
            navigate(withQuery(href`runs/${run.workflowId}`, { runId: run.runId }));
          }}
          close={() => { setAsking(false); }}
        >
          <p>With its input as it is saved now.</p>
        </ConfirmDialog>
      )}
    </May>
  );
}
