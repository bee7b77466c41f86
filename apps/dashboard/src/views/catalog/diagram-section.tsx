import { useMemo } from 'preact/hooks';
import { count } from '../../lib/format.js';
import { replaceAddress } from '../../router/use-location.js';
import { Section } from '../../ui/section.js';
import type { Catalog, CatalogTable } from './catalog.js';
import { ErDiagram } from './er-diagram.js';
import { layOut } from './layout.js';
import { neighbourhoodOf, relationsOf } from './neighbourhood.js';

/** What can still be taken in at a glance. */
const MOST_TABLES = 30;

export interface DiagramSectionProps {
  readonly catalog: Catalog;
  readonly table: CatalogTable;
  readonly steps: number;
  readonly address: (table: string, steps?: string) => string;
}

/** The table among those that foreign keys tie to it. */
export function DiagramSection({ catalog, table, steps, address }: DiagramSectionProps) {
  const relations = useMemo(() => relationsOf(catalog), [catalog]);
  const neighbourhood = useMemo(() => neighbourhoodOf(catalog, relations, table, steps, MOST_TABLES), [catalog, relations, table, steps]);
  const drawing = useMemo(() => layOut(neighbourhood), [neighbourhood]);
  const alone = neighbourhood.neighbours.length === 1 && neighbourhood.relations.length === 0;
  return (
    <Section
      title="Foreign keys"
      note={alone ? undefined : 'lead from left to right'}
      actions={
        !alone && (
          <div class="tabs" role="group" aria-label="How far around">
            {(['1', '2'] as const).map((many) => (
              <button
                key={many}
                type="button"
                aria-pressed={steps === Number(many)}
                onClick={() => { replaceAddress(address(table.qualifiedName, many)); }}
              >
                {many === '1' ? 'One step' : 'Two steps'}
              </button>
            ))}
          </div>
        )
      }
    >
      {alone ? (
        <p class="muted">No foreign key leads to it or away from it.</p>
      ) : (
        <ErDiagram drawing={drawing} middle={`${table.schema}.${table.name}`} address={(name) => address(name, String(steps))} />
      )}
      {neighbourhood.omitted > 0 && (
        <p class="muted">
          {count(neighbourhood.omitted)} more tables are as near and are not drawn; the keys below name those next to it.
        </p>
      )}
    </Section>
  );
}
