import { useMemo, useState } from 'preact/hooks';
import { count } from '../../lib/format.js';
import { SearchField } from '../../ui/search-field.js';
import { ShowMore } from '../../ui/show-more.js';
import { hasSeveralDatabases, type Catalog, type CatalogSchema } from './catalog.js';
import { searchCatalog } from './search.js';
import { TableLink } from './table-label.js';

const HITS = 60;
const FIRST = 50;
/** Catalogs with few schemas are unfolded from the start. */
const FEW_SCHEMAS = 3;

export interface CatalogNavProps {
  readonly catalog: Catalog;
  /** Qualified name of the table that is shown. */
  readonly current: string | undefined;
  readonly address: (table: string) => string;
}

/** Where one chooses a table: by its schema, or by searching. */
export function CatalogNav({ catalog, current, address }: CatalogNavProps) {
  const [text, setText] = useState('');
  const hits = useMemo(() => searchCatalog(catalog, text, HITS), [catalog, text]);
  const searching = text.trim() !== '';
  const schemas = useMemo(() => catalog.schemas.filter(({ tables }) => tables.length > 0), [catalog]);
  const several = hasSeveralDatabases(catalog);
  return (
    <nav class="card catalog-nav" aria-label="Catalog">
      <SearchField label="Search tables and columns" value={text} onInput={setText} />
      <p class={searching ? 'muted' : 'hidden-visually'} role="status">
        {searching && (hits.total === 0 ? 'Nothing fits. Search by a part of the name of a table or a column.' : found(hits.total, hits.hits.length))}
      </p>
      {searching ? (
        <ul class="catalog-list">
          {hits.hits.map(({ table, columns }) => (
            <li key={table.qualifiedName}>
              <TableLink table={table} address={address(table.qualifiedName)} current={table.qualifiedName === current} qualified />
              {columns.length > 0 && <p class="catalog-columns">{columns.join(', ')}</p>}
            </li>
          ))}
        </ul>
      ) : (
        <div class="catalog-schemas">
          {schemas.map((schema) => (
            <Schema key={schema.qualifiedName} schema={schema} qualified={several} few={schemas.length <= FEW_SCHEMAS} current={current} address={address} />
          ))}
          {schemas.length < catalog.schemas.length && <p class="muted catalog-none">{count(catalog.schemas.length - schemas.length)} schemas have no tables.</p>}
        </div>
      )}
    </nav>
  );
}

function found(total: number, shown: number): string {
  const tables = `${count(total)} ${total === 1 ? 'table' : 'tables'}`;
  return total > shown ? `${tables}; the first ${count(shown)} are shown.` : `${tables}.`;
}

function Schema({ schema, qualified, few, current, address }: { readonly schema: CatalogSchema; readonly qualified: boolean; readonly few: boolean } & Pick<CatalogNavProps, 'current' | 'address'>) {
  const { tables } = schema;
  const hasCurrent = tables.some(({ qualifiedName }) => qualifiedName === current);
  const [open, setOpen] = useState(few || hasCurrent);
  return (
    <details open={open} onToggle={(event) => { setOpen(event.currentTarget.open); }}>
      <summary>
        <span class="catalog-name" title={`${schema.database}.${schema.name}`}>
          {qualified && <span class="muted">{schema.database}.</span>}
          {schema.name}
        </span>
        <span class="muted number">{count(tables.length)}</span>
      </summary>
      {/* Thousands of links are made only where somebody looks. */}
      {open && (
        <ShowMore rows={tables} noun="tables" first={FIRST}>
          {(shown) => (
            <ul class="catalog-list">
              {shown.map((table) => (
                <li key={table.qualifiedName}>
                  <TableLink table={table} address={address(table.qualifiedName)} current={table.qualifiedName === current} />
                </li>
              ))}
            </ul>
          )}
        </ShowMore>
      )}
    </details>
  );
}
