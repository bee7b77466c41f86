import { words } from '../../lib/format.js';
import type { CatalogTable } from './catalog.js';

const SHORT: Readonly<Record<string, string>> = { Table: 'table', TablePartition: 'partition', ForeignTable: 'foreign', View: 'view', MaterialisedView: 'mat. view' };

export interface TableLinkProps {
  readonly table: CatalogTable;
  readonly address: string;
  readonly current: boolean;
  /** Whether its schema is said too. */
  readonly qualified?: boolean;
}

/** Link to a table, with what kind of one it is. */
export function TableLink({ table: { name, schema, type }, address, current, qualified = false }: TableLinkProps) {
  return (
    <a class="catalog-link" href={address} aria-current={current ? 'true' : undefined} title={`${schema}.${name}`}>
      <span class="catalog-name">
        {qualified && <span class="muted">{schema}.</span>}
        {name}
      </span>
      {type !== 'Table' && (
        <span class="catalog-kind" title={words(type)}>
          {SHORT[type] ?? words(type)}
        </span>
      )}
    </a>
  );
}
