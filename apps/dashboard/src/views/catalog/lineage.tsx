import type { ComponentChildren } from 'preact';
import { count } from '../../lib/format.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import type { Catalog, CatalogTable } from './catalog.js';

export interface LineageProps {
  readonly catalog: Catalog;
  readonly table: CatalogTable;
  readonly address: (table: string) => string;
}

/**
 * Where rows of a table come from and go to, as far as entities say it: partitions and inheritance. What a view reads
 * stands in its definition alone.
 */
export function Lineage({ catalog: { tables }, table, address }: LineageProps) {
  const parent = table.partitionOf === undefined ? undefined : tables.get(table.partitionOf);
  const partitions = [...tables.values()].filter(({ partitionOf }) => partitionOf === table.qualifiedName);
  if (!parent && partitions.length === 0 && table.inherits.length === 0) return null;
  return (
    <Section title="Lineage" note="partitions and inheritance">
      <dl class="catalog-lineage">
        {parent && (
          <Row name="Partition of">
            <a href={address(parent.qualifiedName)}>
              {parent.schema}.{parent.name}
            </a>{' '}
            {table.bound !== undefined && <code class="muted">{table.bound}</code>}
          </Row>
        )}
        {table.inherits.length > 0 && <Row name="Inherits from">{table.inherits.join(', ')}</Row>}
        {partitions.length > 0 && (
          <Row name={`Partitions (${count(partitions.length)})`}>
            <ShowMore rows={partitions} noun="partitions" first={12}>
              {(shown) => (
                <ul class="names">
                  {shown.map(({ qualifiedName, schema, name, bound }) => (
                    <li key={qualifiedName}>
                      <a href={address(qualifiedName)}>
                        {schema}.{name}
                      </a>
                      <code class="muted">{bound}</code>
                    </li>
                  ))}
                </ul>
              )}
            </ShowMore>
          </Row>
        )}
      </dl>
    </Section>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt class="muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
