import { useEffect, useRef } from 'preact/hooks';
import { textOf } from '../form/json-schema.js';
import { Icon } from '../ui/icon.js';
import { ShowMore } from '../ui/show-more.js';
import { TableFrame } from '../ui/table-frame.js';
import { changesOf, merged, type Change } from './merge.js';
import type { Editing } from './use-editing.js';

export interface ConflictNoticeProps<T> {
  readonly editing: Editing<T>;
  /** What stands in the form. */
  readonly mine: T;
  /** Puts something else into the form. */
  readonly fill: (value: T) => void;
}

/** Somebody has saved another version meanwhile: who edits decides what becomes of both. */
export function ConflictNotice<T>({ editing, mine, fill }: ConflictNoticeProps<T>) {
  const { conflict, base, busy, overwrite, goOnFrom } = editing;
  const title = useRef<HTMLParagraphElement>(null);
  useEffect(() => { title.current?.scrollIntoView({ block: 'nearest' }); }, [conflict]);
  if (!conflict) return null;
  const { theirs } = conflict;
  const go = (value: T) => (): void => {
    if (!theirs) return;
    fill(value);
    goOnFrom(theirs);
  };
  return (
    <div class="notice notice-warning" role="alert">
      <Icon name="warning" />
      <div class="notice-body">
        <p ref={title} class="notice-title">
          {theirs ? 'Somebody has changed it since you opened it.' : 'Somebody has deleted it since you opened it.'}
        </p>
        <p>{theirs ? 'Nothing was saved yet, and what you have typed is still here. Choose what is to be saved.' : 'What you have typed is still here, and can be saved under its name anew.'}</p>
        {theirs && <Changes changes={changesOf(base, theirs.value, mine)} />}
        <div class="notice-actions">
          {theirs && (
            <button type="button" class="primary" onClick={go(merged(base, theirs.value, mine) as T)}>
              Put my changes into theirs
            </button>
          )}
          <button type="button" disabled={busy} onClick={() => void overwrite(mine)}>
            {theirs ? 'Save mine over theirs' : 'Save it anew'}
          </button>
          {theirs && (
            <button type="button" onClick={go(theirs.value)}>
              Take theirs
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ShowMore rows={changes} noun="places">
      {(shown) => (
        <TableFrame label="What is different">
          <table class="conflict">
            <thead>
              <tr>
                <th scope="col">Place</th>
                <th scope="col">Was</th>
                <th scope="col">Theirs</th>
                <th scope="col">Yours</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ pointer, base, theirs, mine }) => (
                <tr key={pointer}>
                  <th scope="row">
                    <code>{pointer}</code>
                  </th>
                  <Value value={base} />
                  <Value value={theirs} />
                  <Value value={mine} />
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </ShowMore>
  );
}

function Value({ value }: { readonly value: unknown }) {
  return <td>{value === undefined ? <span class="muted">nothing</span> : <code>{textOf(value)}</code>}</td>;
}
