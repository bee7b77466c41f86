import { useState } from 'preact/hooks';
import { useResource, type Resource } from './use-resource.js';

export interface Rows<T> {
  readonly rows: readonly T[];
  /** Whether there is more. */
  readonly more: boolean;
}

export interface GrowingList<T> extends Resource<Rows<T>> {
  /** Reads one page more. */
  readonly showMore: () => void;
}

interface Page<T> {
  readonly rows: readonly T[];
  readonly nextPageToken: string | undefined;
}

/** The first pages of a list, read again and again as one; the rows stay while one more page is read. */
export function useGrowingList<T>(key: string, read: (pageToken: string | undefined, signal: AbortSignal) => Promise<Page<T>>, everyMs?: number): GrowingList<T> {
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

async function readPages<T>(pages: number, read: (pageToken: string | undefined) => Promise<Page<T>>): Promise<Rows<T>> {
  const rows: T[] = [];
  let token: string | undefined;
  for (let page = 0; page < pages; page++) {
    const answer = await read(token);
    rows.push(...answer.rows);
    token = answer.nextPageToken;
    if (token === undefined) break;
  }
  return { rows, more: token !== undefined };
}
