import { useEffect, useRef, useState } from 'preact/hooks';
import { RUN_STATUSES } from '../../api/types.js';
import { words } from '../../lib/format.js';
import { SearchField } from '../../ui/search-field.js';
import { useRunTypes } from '../start/use-run-types.js';
import { type ListQuery, type Search, SEARCHES, SPANS } from './list-query.js';

const TYPING_MS = 300;

export interface FiltersProps {
  readonly list: ListQuery;
  readonly change: (changed: Partial<ListQuery>) => void;
}

export function Filters({ list, change }: FiltersProps) {
  const { value: types = [] } = useRunTypes();
  const search = list.search ?? 'connection';
  return (
    <div class="toolbar" role="search">
      <select
        aria-label="Search in"
        value={search}
        onChange={(event) => { change({ search: event.currentTarget.value as Search }); }}
      >
        {Object.entries(SEARCHES).map(([name, { label }]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <TypedSearch search={search} text={list.text ?? ''} change={(text) => { change({ text }); }} />
      <select aria-label="Status" value={list.status ?? ''} onChange={(event) => { change({ status: event.currentTarget.value }); }}>
        <option value="">Any status</option>
        {RUN_STATUSES.map((status) => (
          <option key={status} value={status}>
            {words(status)}
          </option>
        ))}
      </select>
      <select aria-label="Type" value={list.type ?? ''} onChange={(event) => { change({ type: event.currentTarget.value }); }}>
        <option value="">Any type</option>
        {types.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <select aria-label="Started" value={list.since ?? ''} onChange={(event) => { change({ since: event.currentTarget.value }); }}>
        <option value="">Any time</option>
        {Object.entries(SPANS).map(([hours, label]) => (
          <option key={hours} value={hours}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Asks once one has stopped typing. */
function TypedSearch({ search, text, change }: { readonly search: Search; readonly text: string; readonly change: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const tell = useRef(change);
  tell.current = change;
  useEffect(() => { setTyped(text); }, [text]);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => { tell.current(typed); }, TYPING_MS);
    return () => { clearTimeout(timer); };
  }, [typed, text]);
  const { label, placeholder } = SEARCHES[search];
  return <SearchField label={`Search by ${label.toLowerCase()}`} placeholder={placeholder} value={typed} onInput={setTyped} />;
}
