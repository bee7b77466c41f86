import type { RunStatus } from '../api/types.js';
import { words } from '../lib/format.js';

const TONES: Readonly<Record<RunStatus, string>> = {
  running: 'busy',
  completed: 'good',
  failed: 'bad',
  cancelled: '',
  terminated: 'warn',
  'timed-out': 'bad',
  'continued-as-new': '',
};

export function RunStatusBadge({ status, cancelRequested = false }: { readonly status: RunStatus; readonly cancelRequested?: boolean }) {
  const winding = status === 'running' && cancelRequested;
  return <span class={`badge ${winding ? 'warn' : TONES[status]}`}>{winding ? 'Cancelling' : words(status)}</span>;
}
