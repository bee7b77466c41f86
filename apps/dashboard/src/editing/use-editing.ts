import { useState } from 'preact/hooks';
import { problemOf, type Problem } from '../api/problem.js';
import { isOutdated, type Saved } from '../api/saved.js';

export interface EditingOptions<T> {
  /** What was there when one began. */
  readonly from: Saved<T>;
  /** What is saved now; undefined where it was deleted. */
  readonly read: () => Promise<Saved<T> | undefined>;
  /** Replaces the version of an ETag; without one makes it anew. */
  readonly write: (value: T, etag: string | undefined) => Promise<unknown>;
  readonly done: () => void;
  readonly refused?: (problem: Problem) => void;
}

export interface Editing<T> {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** What both have begun with. */
  readonly base: T;
  /** Somebody has changed it meanwhile: what is saved now, undefined where it was deleted. */
  readonly conflict: { readonly theirs: Saved<T> | undefined } | undefined;
  readonly save: (value: T) => Promise<void>;
  /** Saves over what somebody else has saved. */
  readonly overwrite: (value: T) => Promise<void>;
  /** Goes on from what somebody else has saved; the form is to be filled with what is wanted of it. */
  readonly goOnFrom: (theirs: Saved<T>) => void;
}

/** Changes something that is kept in versions, and notices when somebody else was quicker. What is typed stays with the form. */
export function useEditing<T>({ from, read, write, done, refused }: EditingOptions<T>): Editing<T> {
  const [base, setBase] = useState(from);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [conflict, setConflict] = useState<Editing<T>['conflict']>();

  const attempt = async (value: T, etag: string | undefined): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await write(value, etag);
      done();
      return;
    } catch (error) {
      await failed(error);
    }
    setBusy(false);
  };
  const failed = async (error: unknown): Promise<void> => {
    try {
      if (!isOutdated(error)) throw error;
      setConflict({ theirs: await read() });
    } catch (failure) {
      const found = problemOf(failure);
      setProblem(found);
      refused?.(found);
    }
  };
  return {
    busy,
    problem,
    base: base.value,
    conflict,
    save: (value) => attempt(value, base.etag),
    overwrite: (value) => attempt(value, conflict?.theirs?.etag),
    goOnFrom: (theirs) => {
      setBase(theirs);
      setConflict(undefined);
    },
  };
}
