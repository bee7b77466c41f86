import MiniSearch from 'minisearch';
import { SEARCH_OPTIONS } from './search-options.js';
import type { RenderedPage } from './source-page.js';

/**
 * The index of all sections, as a script that hands it to the page: unlike data, a script can be loaded from a folder too.
 */
export function searchScript(pages: readonly RenderedPage[]): string {
  const documents = pages
    .filter(({ section }) => section !== undefined)
    .flatMap(({ output, title, label, sections }) =>
      sections.map(({ id, heading, text }) => ({
        id: id === '' ? output : `${output}#${id}`,
        title: label ?? title,
        heading,
        text,
      })),
    );
  const index = new MiniSearch(SEARCH_OPTIONS);
  index.addAll(documents);
  // Beginnings, to be shown; the words themselves are in the index.
  const beginnings = Object.fromEntries(documents.map(({ id, text }) => [id, text.slice(0, 140)]));
  return `globalThis.tributarySearch = ${JSON.stringify({ index: JSON.stringify(index), beginnings })};\n`;
}
