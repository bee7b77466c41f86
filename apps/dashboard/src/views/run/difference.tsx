import type { ComponentChildren } from 'preact';
import { getDifference, type ChangeCounts, type EntityName, type RunDifference } from '../../api/difference.js';
import type { Run } from '../../api/types.js';
import { count, words } from '../../lib/format.js';
import { useResource } from '../../lib/use-resource.js';
import { href, withQuery } from '../../router/route.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import { Ago } from '../../ui/time.js';
import { TableFrame } from '../../ui/table-frame.js';

const TITLE = 'Difference to the run before';

/** What has changed since the connection was extracted last. */
export function Difference({ run: { workflowId, runId } }: { readonly run: Run }) {
  const { value, problem, reload } = useResource(`difference/${runId}`, (signal) => getDifference(workflowId, runId, { signal }));
  if (problem?.code === 'DIFFERENCE_NOTHING_BEFORE') {
    return (
      <Section title={TITLE}>
        <p class="muted">This is the first run of its connection that can be found: there is nothing to compare it with.</p>
      </Section>
    );
  }
  if (problem) {
    return (
      <Section title={TITLE}>
        <ProblemNotice problem={problem} retry={reload} />
      </Section>
    );
  }
  return value ? (
    <Changes difference={value} />
  ) : (
    <Section title={TITLE}>
      <p class="muted">Comparing…</p>
    </Section>
  );
}

function Changes({ difference }: { readonly difference: RunDifference }) {
  const { connection, before, counts, added, removed, changed, truncated, caveats } = difference;
  const moved = counts.filter((row) => row.added + row.removed + row.changed > 0);
  return (
    <Section
      title={TITLE}
      note={
        <a href={withQuery(href`runs/${before.workflowId}`, { runId: before.runId })}>
          <Ago time={before.startedAt} />
        </a>
      }
    >
      {caveats.map((caveat) => (
        <div key={caveat} class="notice notice-warning">
          <div class="notice-body">{caveat}</div>
        </div>
      ))}
      {moved.length === 0 ? <p class="muted">Nothing has changed.</p> : <CountTable rows={moved} />}
      <Names title="Added" sign="+" tone="good" entities={added} connection={connection} />
      <Names title="Removed" sign="−" tone="bad" entities={removed} connection={connection} />
      {changed.length > 0 && (
        <Folded title="Changed" tone="warn" size={changed.length}>
          <ShowMore rows={changed} noun="changed entities">
            {(shown) => (
              <ul class="lines">
                {shown.map(({ typeName, qualifiedName, attributes }) => (
                  <li key={`${typeName} ${qualifiedName}`}>
                    <EntityLabel typeName={typeName} qualifiedName={qualifiedName} connection={connection} />
                    <ul class="attributes">
                      {attributes.map(({ name, before: former, after, cut }) => (
                        <li key={name}>
                          <code>{name}</code> <del>{former ?? 'nothing'}</del> → <ins>{after ?? 'nothing'}</ins>
                          {cut === true && <span class="muted"> (shortened)</span>}
                        </li>
                      ))}
                    </ul>
                  </li>
                ))}
              </ul>
            )}
          </ShowMore>
        </Folded>
      )}
      {truncated && <p class="muted">More has changed than is named here; the counts have everything.</p>}
    </Section>
  );
}

function CountTable({ rows }: { readonly rows: readonly ChangeCounts[] }) {
  return (
    <TableFrame label="Changes by type">
      <table>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col" class="number">Added</th>
            <th scope="col" class="number">Removed</th>
            <th scope="col" class="number">Changed</th>
            <th scope="col" class="number">As it was</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ typeName, added, removed, changed, unchanged }) => (
            <tr key={typeName}>
              <th scope="row">{words(typeName)}</th>
              <td class={`number ${added > 0 ? 'good' : ''}`}>{count(added)}</td>
              <td class={`number ${removed > 0 ? 'bad' : ''}`}>{count(removed)}</td>
              <td class={`number ${changed > 0 ? 'warn' : ''}`}>{count(changed)}</td>
              <td class="number muted">{count(unchanged)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

interface NamesProps {
  readonly title: string;
  readonly sign: string;
  readonly tone: string;
  readonly entities: readonly EntityName[];
  readonly connection: string;
}

function Names({ title, sign, tone, entities, connection }: NamesProps) {
  if (entities.length === 0) return null;
  return (
    <Folded title={title} tone={tone} size={entities.length}>
      <ShowMore rows={entities} noun={`${title.toLowerCase()} entities`}>
        {(shown) => (
          <ul class="names">
            {shown.map((entity) => (
              <li key={`${entity.typeName} ${entity.qualifiedName}`}>
                <span class={`sign ${tone}`} aria-hidden="true">
                  {sign}
                </span>
                <EntityLabel {...entity} connection={connection} />
              </li>
            ))}
          </ul>
        )}
      </ShowMore>
    </Folded>
  );
}

function Folded({ title, tone, size, children }: { readonly title: string; readonly tone: string; readonly size: number; readonly children: ComponentChildren }) {
  return (
    <details open={size <= 10}>
      <summary>
        {title} <span class={`badge plain ${tone}`}>{count(size)}</span>
      </summary>
      {children}
    </details>
  );
}

/** Type and name of an entity, without the connection that all of them share. */
function EntityLabel({ typeName, qualifiedName, connection }: EntityName & { readonly connection: string }) {
  const within = qualifiedName.startsWith(`${connection}/`) ? qualifiedName.slice(connection.length + 1) : qualifiedName;
  return (
    <span title={qualifiedName}>
      <span class="muted">{words(typeName)}</span> <code>{within}</code>
    </span>
  );
}
