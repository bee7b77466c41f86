import { explainFilters, type ListedItem } from '@tributary/clients/sql';
import type { Filters, Verdict } from '@tributary/workflow-contracts/sql-metadata';

/** Where an item stands: a schema of a database, or an object of that. */
export interface ItemPlace {
  readonly database: string;
  readonly schema: string;
  readonly object?: string;
}

/**
 * The verdict on a schema or an object. The catalog describes what is in a schema to every role, so that a schema without
 * USAGE hides none of it.
 */
export function verdictOn(filters: Filters, user: string, place: ItemPlace, { selected, usable }: ListedItem): Verdict {
  const explained = explainFilters(filters, place);
  // Reading is by what the server says of the filters; the two differ only over names that are no text.
  const reason = explained.selected === selected ? explained.reason : 'the server holds the name in bytes that are no text, and so matches it otherwise';
  const rule = explained.selected === selected && explained.rule;
  const grant = `GRANT USAGE ON SCHEMA ${quoted(place.schema)} TO ${quoted(user)}`;
  const closed = `; role "${user}" has no USAGE on the schema: its data and statistics of columns are out of reach`;
  return {
    selected,
    readable: true,
    reason: usable ? reason : reason + closed,
    ...(rule && { rule }),
    ...(!usable && { fix: grant }),
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
