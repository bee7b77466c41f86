import type { ComponentChildren } from 'preact';
import { ProblemNotice } from '../ui/problem-notice.js';
import { ConflictNotice } from './conflict-notice.js';
import type { Editing } from './use-editing.js';

interface EditFormProps<T> {
  /** Of what is edited. */
  readonly name: string;
  /** Address of the page to go back to. */
  readonly back: string;
  readonly editing: Editing<T>;
  /** What is typed now. */
  readonly mine: T;
  /** Fills the fields anew. */
  readonly fill: (wanted: T) => void;
  readonly save: () => Promise<void>;
  /** The fields. */
  readonly children: ComponentChildren;
}

/** Fields of something that is saved, with what others have changed meanwhile and what went wrong. */
export function EditForm<T>({ name, back, editing, mine, fill, save, children }: EditFormProps<T>) {
  return (
    <form
      class="card section start-form"
      noValidate
      aria-label={`Edit ${name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {children}
      {editing.problem && <ProblemNotice problem={editing.problem} />}
      <ConflictNotice editing={editing} mine={mine} fill={fill} />
      <div class="dialog-actions">
        <a class="button" href={back}>
          Back
        </a>
        <button type="submit" class="primary" disabled={editing.busy || editing.conflict !== undefined}>
          {editing.busy ? 'Saving…' : 'Save'}
        </button>
      </div>
    </form>
  );
}
