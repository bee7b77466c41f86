import type { Options } from 'minisearch';

/** One section of a page, as the search knows it. */
export interface SearchDocument {
  /** Address below the root of the site. */
  readonly id: string;
  /** Title of the page. */
  readonly title: string;
  readonly heading: string;
  readonly text: string;
}

/** The same where the index is built and where it is asked. */
export const SEARCH_OPTIONS: Options<SearchDocument> = {
  fields: ['heading', 'title', 'text'],
  storeFields: ['title', 'heading'],
  // Codes and names of variables are found by their parts, and as a whole.
  tokenize: (text) => text.split(/[^\p{L}\p{M}\p{N}_]+/u).flatMap((word) => (word.includes('_') ? [word, ...word.split('_')] : [word])).filter((word) => word !== ''),
  searchOptions: {
    boost: { heading: 4, title: 2 },
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: 'AND',
  },
};
