import { useState } from 'preact/hooks';
import { deleteSchedule, pauseSchedule, resumeSchedule, triggerSchedule, type ScheduleSummary } from '../../api/schedules.js';
import { useMay } from '../../session/caller.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';

type Asking = 'pause' | 'resume' | 'trigger' | 'delete';

export interface ScheduleActionsProps {
  readonly schedule: ScheduleSummary;
  readonly changed: () => void;
  /** With it the schedule can be deleted. */
  readonly deleted?: () => void;
}

/** Buttons of a schedule, each with a question before anything is done. */
export function ScheduleActions({ schedule: { id, paused }, changed, deleted }: ScheduleActionsProps) {
  const [asking, setAsking] = useState<Asking>();
  const [note, setNote] = useState('');
  const may = useMay();
  const close = (): void => { setAsking(undefined); };
  const doing = (act: () => Promise<unknown>, then = changed) => async (): Promise<void> => {
    await act();
    then();
  };
  return (
    <div class="row-actions">
      {may('triggerSchedule') && (
        <button type="button" class="small" aria-label={`Start now: ${id}`} onClick={() => { setAsking('trigger'); }}>
          Start now
        </button>
      )}
      {may(paused ? 'resumeSchedule' : 'pauseSchedule') && (
        <button type="button" class="small" aria-label={`${paused ? 'Resume' : 'Pause'} ${id}`} onClick={() => { setAsking(paused ? 'resume' : 'pause'); }}>
          {paused ? 'Resume' : 'Pause'}
        </button>
      )}
      {deleted && may('deleteSchedule') && (
        <button type="button" class="small danger" aria-label={`Delete ${id}`} onClick={() => { setAsking('delete'); }}>
          Delete
        </button>
      )}
      {asking === 'trigger' && (
        <ConfirmDialog title={`Start a run of ${id} now?`} confirm="Start the run" act={doing(() => triggerSchedule(id))} close={close}>
          <p>It starts beside the times of the schedule, as its overlap policy has it.</p>
        </ConfirmDialog>
      )}
      {asking === 'pause' && (
        <ConfirmDialog title={`Pause ${id}?`} confirm="Pause the schedule" act={doing(() => pauseSchedule(id, note.trim()))} close={close}>
          <p>No run is started until it is resumed, and times in between are not made up for. A run under way goes on.</p>
          <div class="field">
            <label for="note">
              Why <span class="optional">optional</span>
            </label>
            <input id="note" maxLength={1_000} value={note} onInput={(event) => { setNote(event.currentTarget.value); }} />
          </div>
        </ConfirmDialog>
      )}
      {asking === 'resume' && (
        <ConfirmDialog title={`Resume ${id}?`} confirm="Resume the schedule" act={doing(() => resumeSchedule(id))} close={close}>
          <p>Runs are started again from its next time on.</p>
        </ConfirmDialog>
      )}
      {asking === 'delete' && (
        <ConfirmDialog title={`Delete ${id}?`} confirm="Delete the schedule" danger act={doing(() => deleteSchedule(id), deleted)} close={close}>
          <p>Runs that it has started go on.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
