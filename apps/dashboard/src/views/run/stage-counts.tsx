import type { StageCounts as Counts } from '@tributary/workflow-contracts/sql-metadata';
import { count } from '../../lib/format.js';
import { Icon } from '../../ui/icon.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import { TableFrame } from '../../ui/table-frame.js';

/** Counts of each database and kind: what the source has, what was read, and what became of it. */
export function StageCounts({ counts }: { readonly counts: readonly Counts[] }) {
  const sum = (key: 'source' | 'raw' | 'entities' | 'quarantined'): number => counts.reduce((total, row) => total + row[key], 0);
  return (
    <Section title="Counts by stage" note="source = read, read = entities + quarantined">
      <ShowMore rows={counts} noun="counts" first={24}>
        {(shown) => (
          <TableFrame label="Counts by stage">
            <table>
              <thead>
                <tr>
                  <th scope="col">Database</th>
                  <th scope="col">Kind</th>
                  <th scope="col" class="number">In the source</th>
                  <th scope="col" class="number">Read</th>
                  <th scope="col" class="number">Entities</th>
                  <th scope="col" class="number">Quarantined</th>
                  <th scope="col">Adds up</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((row) => (
                  <tr key={`${row.database}/${row.kind}`}>
                    <td>{row.database}</td>
                    <td>{row.kind}</td>
                    <Numbers {...row} />
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colSpan={2}>
                    All
                  </th>
                  <Numbers source={sum('source')} raw={sum('raw')} entities={sum('entities')} quarantined={sum('quarantined')} />
                </tr>
              </tfoot>
            </table>
          </TableFrame>
        )}
      </ShowMore>
    </Section>
  );
}

function Numbers({ source, raw, entities, quarantined }: Pick<Counts, 'source' | 'raw' | 'entities' | 'quarantined'>) {
  const adds = source === raw && raw === entities + quarantined;
  return (
    <>
      <td class="number">{count(source)}</td>
      <td class="number">{count(raw)}</td>
      <td class="number">{count(entities)}</td>
      <td class={`number ${quarantined > 0 ? 'warn' : ''}`}>{count(quarantined)}</td>
      <td class={adds ? 'good' : 'bad'}>
        <Icon name={adds ? 'check' : 'cross'} />
        <span class="hidden-visually">{adds ? 'yes' : 'no'}</span>
      </td>
    </>
  );
}
