import { bytes, count, words } from '../../lib/format.js';
import { CodeBlock } from '../../ui/code-block.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import { TableFrame } from '../../ui/table-frame.js';
import { Fact } from '../../ui/fact.js';
import type { Catalog, CatalogColumn, CatalogKey, CatalogTable } from './catalog.js';
import { DiagramSection, type DiagramSectionProps } from './diagram-section.js';
import { Lineage } from './lineage.js';

/** Everything that is known of one table or view. */
export function TableDetails(props: DiagramSectionProps) {
  const { catalog, table, address } = props;
  const { name, schema, database, type, description, owner, rows, bytes: size, columns, keys, definition } = table;
  const incoming = keysTo(catalog, table);
  return (
    <article class="catalog-table" aria-labelledby="table-name">
      <header class="card section">
        <div class="section-header">
          <h2 id="table-name" class="catalog-title">
            <span class="muted">
              {database}.{schema}.
            </span>
            {name} <CopyButton what="name" text={`${schema}.${name}`} />
          </h2>
          <span class="badge plain">{words(type)}</span>
        </div>
        {description !== undefined && <p class="catalog-comment">{description}</p>}
        <dl class="facts">
          <Fact name="Columns">{count(columns.length)}</Fact>
          {rows !== undefined && <Fact name="Rows, about">{count(rows)}</Fact>}
          {size !== undefined && <Fact name="Size, about">{bytes(size)}</Fact>}
          {owner !== undefined && <Fact name="Owner">{owner}</Fact>}
        </dl>
      </header>
      <DiagramSection {...props} />
      <Columns columns={columns} />
      {(keys.length > 0 || incoming.length > 0) && <Keys keys={keys} incoming={incoming} catalog={catalog} address={address} />}
      <Lineage catalog={catalog} table={table} address={address} />
      {definition !== undefined && (
        <Section title="Definition" actions={<CopyButton what="definition" text={definition} />}>
          <CodeBlock label="Definition" text={definition} />
        </Section>
      )}
    </article>
  );
}

function Columns({ columns }: { readonly columns: readonly CatalogColumn[] }) {
  return (
    <Section title="Columns" note={count(columns.length)}>
      {columns.length === 0 ? (
        <p class="muted">It has none, or they lie behind what was read.</p>
      ) : (
        <ShowMore rows={columns} noun="columns" first={60}>
          {(shown) => (
            <TableFrame label="Columns">
              <table class="catalog-column-table">
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">Type</th>
                    <th scope="col">Keys</th>
                    <th scope="col">Default</th>
                    <th scope="col">Comment</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map(({ name, type, nullable, primary, foreign, defaultValue, description }) => (
                    <tr key={name}>
                      <th scope="row">
                        <code>{name}</code>
                      </th>
                      <td>
                        <code>{type}</code> {!nullable && <span class="muted nowrap">not null</span>}
                      </td>
                      <td class="nowrap">
                        {primary && <span class="badge plain busy">primary</span>} {foreign && <span class="badge plain">foreign</span>}
                      </td>
                      <td>{defaultValue !== undefined && <code>{defaultValue}</code>}</td>
                      <td class="catalog-comment">{description}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableFrame>
          )}
        </ShowMore>
      )}
    </Section>
  );
}

interface Incoming {
  readonly table: CatalogTable;
  readonly key: CatalogKey;
}

function keysTo({ tables }: Catalog, { qualifiedName }: CatalogTable): readonly Incoming[] {
  return [...tables.values()].flatMap((table) => table.keys.filter(({ references }) => references?.table === qualifiedName).map((key) => ({ table, key })));
}

interface KeysProps {
  readonly keys: readonly CatalogKey[];
  readonly incoming: readonly Incoming[];
  readonly catalog: Catalog;
  readonly address: (table: string) => string;
}

function Keys({ keys, incoming, catalog, address }: KeysProps) {
  return (
    <Section title="Keys and indexes" note={count(keys.length)}>
      {keys.length > 0 && (
        <ShowMore rows={keys} noun="keys" first={40}>
          {(shown) => (
            <ul class="lines">
              {shown.map(({ type, name, definition, references }) => (
                <li key={`${type} ${name}`}>
                  <p>
                    <span class="badge plain">{words(type)}</span> <strong>{name}</strong>
                    {references && (
                      <>
                        {' → '}
                        {catalog.tables.has(references.table) ? <a href={address(references.table)}>{references.tableName}</a> : `${references.tableName} (not in this catalog)`}
                      </>
                    )}
                  </p>
                  <p>
                    <code class="muted">{definition}</code>
                  </p>
                </li>
              ))}
            </ul>
          )}
        </ShowMore>
      )}
      {incoming.length > 0 && (
        <>
          <h3>Referenced by</h3>
          <ShowMore rows={incoming} noun="references">
            {(shown) => (
              <ul class="lines">
                {shown.map(({ table, key }) => (
                  <li key={`${table.qualifiedName} ${key.name}`}>
                    <p>
                      <a href={address(table.qualifiedName)}>
                        {table.schema}.{table.name}
                      </a>{' '}
                      <code class="muted">
                        {key.name} ({key.columns.join(', ')})
                      </code>
                    </p>
                  </li>
                ))}
              </ul>
            )}
          </ShowMore>
        </>
      )}
    </Section>
  );
}
