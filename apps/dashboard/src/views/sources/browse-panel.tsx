import { useEffect, useState } from 'preact/hooks';
import { browseSource, type BrowseSqlSourceResult, type SourceItem } from '../../api/source-questions.js';
import { count, words } from '../../lib/format.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { SearchField } from '../../ui/search-field.js';
import { Section } from '../../ui/section.js';
import { TableFrame } from '../../ui/table-frame.js';
import type { Source } from './source.js';
import { usePages } from './use-pages.js';
import { Verdict } from './verdict.js';

const TYPING_MS = 400;
const LIMIT = 100;

interface Place {
  readonly database?: string;
  readonly schema?: string;
}

/** Databases, their schemas, and the objects in them, each with what filters and privileges say to it. */
export function BrowsePanel({ source }: { readonly source: Source }) {
  const [place, setPlace] = useState<Place>({});
  const [typed, setTyped] = useState('');
  const search = useSettled(typed);
  const { pages, problem, busy, more } = usePages<BrowseSqlSourceResult>(JSON.stringify([place, search]), (last, signal) =>
    browseSource({ ...source, ...place, limit: LIMIT, ...(search === '' ? {} : { search }), ...(last?.next === undefined ? {} : { after: last.next }) }, { signal }),
  );
  const items = pages.flatMap((page) => page.items);
  const level = pages[0]?.level;
  const goTo = (next: Place): void => {
    setTyped('');
    setPlace(next);
  };
  return (
    <Section title="Browse" note={level === undefined ? undefined : `${count(items.length)}${pages.at(-1)?.next === undefined ? '' : ' and more'}`}>
      <div class="toolbar">
        <Path place={place} goTo={goTo} />
        <SearchField label="Search by name" value={typed} onInput={setTyped} />
      </div>
      {problem && <ProblemNotice problem={problem} retry={more} />}
      {items.length > 0 && <Items items={items} enter={(item) => entering(place, item)} goTo={goTo} />}
      {busy && <p class="muted" role="status">Asking the source…</p>}
      {!busy && !problem && items.length === 0 && (
        <p class="muted">{search === '' ? `There are no ${level ?? 'objects'} here that the role can see.` : 'No name fits. Search by a part of it, in either case.'}</p>
      )}
      {!busy && pages.at(-1)?.next !== undefined && (
        <div>
          <button type="button" class="small" onClick={more}>
            Show more
          </button>
        </div>
      )}
    </Section>
  );
}

/** What was typed, once one has stopped. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => { setSettled(text.trim()); }, TYPING_MS);
    return () => { clearTimeout(timer); };
  }, [text]);
  return settled;
}

/** Where an item leads; undefined where nothing is below it that could be read. */
function entering({ database }: Place, { kind, name, verdict: { readable } }: SourceItem): Place | undefined {
  if (kind === 'database') return readable ? { database: name } : undefined;
  return kind === 'schema' && database !== undefined ? { database, schema: name } : undefined;
}

function Path({ place: { database, schema }, goTo }: { readonly place: Place; readonly goTo: (place: Place) => void }) {
  const steps: readonly (readonly [string, Place])[] = [
    ['Databases', {}],
    ...(database === undefined ? [] : [[database, { database }] as const]),
    ...(database === undefined || schema === undefined ? [] : [[schema, { database, schema }] as const]),
  ];
  return (
    <nav class="source-path" aria-label="Place in the source">
      <ol>
        {steps.map(([label, to], at) => (
          <li key={label}>
            <button type="button" class="small quiet" aria-current={at === steps.length - 1 ? 'location' : undefined} onClick={() => { goTo(to); }}>
              {label}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface ItemsProps {
  readonly items: readonly SourceItem[];
  readonly enter: (item: SourceItem) => Place | undefined;
  readonly goTo: (place: Place) => void;
}

function Items({ items, enter, goTo }: ItemsProps) {
  return (
    <TableFrame label="What the source has">
      <table class="source-items">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col" class="number">Rows, about</th>
            <th scope="col">In an extraction</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const { name, kind, signature, rowsEstimate, comment, verdict } = item;
            const below = enter(item);
            const label = signature === undefined ? name : `${name}(${signature})`;
            return (
              <tr key={`${kind} ${label}`}>
                <th scope="row">
                  {below ? (
                    <button type="button" class="link" onClick={() => { goTo(below); }}>
                      {label}
                    </button>
                  ) : (
                    label
                  )}
                  {comment !== undefined && <p class="source-comment">{comment}</p>}
                </th>
                <td class="nowrap">{words(kind)}</td>
                <td class="number">{rowsEstimate !== undefined && count(rowsEstimate)}</td>
                <td>
                  <Verdict verdict={verdict} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}
