import { useState } from 'preact/hooks';
import { readPages, type ListPage, type Rows } from './read-pages.js';
import { useResource, type Resource } from './use-resource.js';

export interface GrowingList<T> extends Resource<Rows<T>> {
  /** Reads one page more. */
  readonly showMore: () => void;
}

/** The first pages of a list, read again and again as one; the rows stay while one more page is read. */
export function useGrowingList<T>(key: string, read: (pageToken: string | undefined, signal: AbortSignal) => Promise<ListPage<T>>, everyMs?: number): GrowingList<T> {
  const [pages, setPages] = useState(1);
  const [kept, setKept] = useState<Rows<T>>();
  const resource = useResource(
    `${key}/${pages}`,
    async (signal) => {
      const all = await readPages(pages, (token) => read(token, signal));
      setKept(all);
      return all;
    },
    everyMs,
  );
  return { ...resource, value: resource.value ?? kept, showMore: () => { setPages(pages + 1); } };
}
