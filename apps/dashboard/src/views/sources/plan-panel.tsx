import { useState } from 'preact/hooks';
import { planExtraction, type PlannedObject, type SqlExtractionPlan } from '../../api/source-questions.js';
import { count, words } from '../../lib/format.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { TableFrame } from '../../ui/table-frame.js';
import { Tiles } from '../../ui/tiles.js';
import { kindsOf } from './planned-kinds.js';
import type { Source } from './source.js';
import { usePages } from './use-pages.js';
import { Verdict } from './verdict.js';

const LIMIT = 100;

/** What an extraction would have: databases with counts, and each object with why it is in or out. */
export function PlanPanel({ source }: { readonly source: Source }) {
  const [outOnly, setOutOnly] = useState(false);
  const { pages, problem, busy, more } = usePages<SqlExtractionPlan>('plan', (last, signal) =>
    planExtraction({ ...source, limit: LIMIT, ...(last?.next === undefined ? {} : { after: last.next }) }, { signal }),
  );
  const [first] = pages;
  const objects = pages.flatMap((page) => page.objects);
  const shown = outOnly ? objects.filter(({ verdict: { selected, readable } }) => !selected || !readable) : objects;
  const hasMore = pages.at(-1)?.next !== undefined;
  return (
    <>
      {problem && <ProblemNotice problem={problem} retry={more} />}
      {busy && !first && <p class="muted" role="status">Asking the source…</p>}
      {first && (
        <>
          <Tiles
            tiles={[
              { label: 'Objects in', value: count(first.totals.selected), tone: 'good' },
              { label: 'Objects out', value: count(first.totals.excluded) },
              { label: 'Databases not readable', value: count(first.totals.unreadable), tone: first.totals.unreadable > 0 ? 'bad' : undefined },
            ]}
          />
          <Databases plan={first} />
          <Section
            title="Objects"
            note={`${count(objects.length)}${hasMore ? ' so far' : ''}`}
            actions={
              <label class="labelled">
                <input type="checkbox" checked={outOnly} onChange={(event) => { setOutOnly(event.currentTarget.checked); }} /> only what is out
              </label>
            }
          >
            {shown.length > 0 ? <Objects objects={shown} /> : <p class="muted">{outOnly ? 'Of these, everything is in.' : 'There are no objects in what is selected.'}</p>}
            {hasMore && (
              <div>
                <button type="button" class="small" disabled={busy} onClick={more}>
                  {busy ? 'Asking the source…' : 'Show more'}
                </button>
              </div>
            )}
          </Section>
        </>
      )}
    </>
  );
}

function Databases({ plan: { serverVersion, databases, databasesOmitted } }: { readonly plan: SqlExtractionPlan }) {
  const kinds = kindsOf(databases);
  return (
    <Section title="Databases" note={serverVersion}>
      <TableFrame label="Databases">
        <table class="source-items">
          <thead>
            <tr>
              <th scope="col">Database</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col" class="number">
                  {words(kind)}
                </th>
              ))}
              <th scope="col">In an extraction</th>
            </tr>
          </thead>
          <tbody>
            {databases.map(({ name, verdict, counts }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {kinds.map((kind) => (
                  <td key={kind} class="number">
                    {counts && count(counts[kind])}
                  </td>
                ))}
                <td>
                  <Verdict verdict={verdict} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {databasesOmitted !== undefined && <p class="muted">{count(databasesOmitted)} more databases are not listed; those that are selected come first.</p>}
    </Section>
  );
}

function Objects({ objects }: { readonly objects: readonly PlannedObject[] }) {
  return (
    <TableFrame label="Objects">
      <table class="source-items">
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col">Kind</th>
            <th scope="col">In an extraction</th>
          </tr>
        </thead>
        <tbody>
          {objects.map(({ database, schema, name, kind, signature, verdict }) => (
            <tr key={`${database} ${schema} ${name} ${kind} ${signature ?? ''}`}>
              <th scope="row">
                <span class="muted">
                  {database}.{schema}.
                </span>
                {name}
                {signature !== undefined && <span class="muted">({signature})</span>}
              </th>
              <td class="nowrap">{words(kind)}</td>
              <td>
                <Verdict verdict={verdict} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
