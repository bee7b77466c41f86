import { useMemo } from 'preact/hooks';
import { count, words } from '../../lib/format.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import { TableFrame } from '../../ui/table-frame.js';
import { Tiles } from '../../ui/tiles.js';
import { hasSeveralDatabases, type Catalog, type CatalogSchema } from './catalog.js';

const VIEWS = ['View', 'MaterialisedView'];

/** What there is, while no table is chosen. */
export function Overview({ catalog }: { readonly catalog: Catalog }) {
  const { counts } = catalog;
  const qualified = hasSeveralDatabases(catalog);
  const schemas = useMemo(() => [...catalog.schemas].sort((a, b) => b.tables.length - a.tables.length), [catalog]);
  const of = (...types: readonly string[]): number => types.reduce((sum, type) => sum + (counts[type] ?? 0), 0);
  const others = Object.entries(counts).filter(([type]) => !['Database', 'Schema', 'Table', 'ForeignTable', 'TablePartition', ...VIEWS, 'Column', 'ForeignKey'].includes(type));
  return (
    <div class="catalog-table">
      <Tiles
        tiles={[
          { label: 'Schemas', value: count(of('Schema')) },
          { label: 'Tables', value: count(of('Table', 'ForeignTable', 'TablePartition')) },
          { label: 'Views', value: count(of(...VIEWS)) },
          { label: 'Columns', value: count(of('Column')) },
          { label: 'Foreign keys', value: count(of('ForeignKey')) },
        ]}
      />
      <Section title="Schemas" note="those with the most tables first">
        <ShowMore rows={schemas} noun="schemas" first={25}>
          {(shown) => (
            <TableFrame label="Schemas">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Schema</th>
                    <th scope="col" class="number">Tables</th>
                    <th scope="col" class="number">Views</th>
                    <th scope="col" class="number">Columns</th>
                    <th scope="col">Besides</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((schema) => (
                    <SchemaRow key={schema.qualifiedName} schema={schema} qualified={qualified} />
                  ))}
                </tbody>
              </table>
            </TableFrame>
          )}
        </ShowMore>
        {others.length > 0 && (
          <ul class="chips">
            {others.map(([type, many]) => (
              <li key={type}>
                <span class="muted">{words(type)}</span> {count(many)}
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

function SchemaRow({ schema: { database, name, description, tables, others }, qualified }: { readonly schema: CatalogSchema; readonly qualified: boolean }) {
  const views = tables.filter(({ type }) => VIEWS.includes(type)).length;
  const besides = Object.entries(others).map(([type, many]) => `${words(type).toLowerCase()}: ${count(many)}`);
  return (
    <tr>
      <th scope="row" class="catalog-schema-name">
        {qualified && <span class="muted">{database}.</span>}
        {name}
        {description !== undefined && <p class="catalog-comment">{description}</p>}
      </th>
      <td class="number">{count(tables.length - views)}</td>
      <td class="number">{count(views)}</td>
      <td class="number">{count(tables.reduce((sum, { columns }) => sum + columns.length, 0))}</td>
      <td class="muted">{besides.join(', ')}</td>
    </tr>
  );
}
