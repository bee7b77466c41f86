import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { problemOf, type Problem } from '../api/problem.js';
import { ProblemNotice } from './problem-notice.js';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Words of the button that does it. */
  readonly confirm: string;
  readonly danger?: boolean;
  /** Words of the button that does nothing. @default "Back" */
  readonly dismiss?: string;
  /** Does it; the dialog shows why it could not be done. */
  readonly act: () => Promise<void>;
  readonly close: () => void;
}

/** Asks before something is done that cannot be undone. */
export function ConfirmDialog({ title, children, confirm, danger = false, dismiss = 'Back', act, close }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  // Before anything is drawn: no key may pass it by.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // What was clicked may be gone, as it has been done.
    return () => { focusOn(before?.isConnected === true ? before : document.getElementById('main')); };
  }, []);
  const confirmed = async (): Promise<void> => {
    setBusy(true);
    try {
      await act();
      close();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <dialog ref={dialog} aria-labelledby={heading} onClose={close}>
      <form
        class="dialog-content"
        onSubmit={(event) => {
          event.preventDefault();
          void confirmed();
        }}
      >
        <h2 id={heading}>{title}</h2>
        {children}
        {problem && <ProblemNotice problem={problem} />}
        <div class="dialog-actions">
          <button type="button" onClick={close}>
            {dismiss}
          </button>
          <button type="submit" class={`primary ${danger ? 'danger' : ''}`} disabled={busy}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function focusOn(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
}
