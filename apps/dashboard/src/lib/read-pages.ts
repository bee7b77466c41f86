export interface Rows<T> {
  readonly rows: readonly T[];
  /** Whether there is more. */
  readonly more: boolean;
}

export interface ListPage<T> {
  readonly rows: readonly T[];
  readonly nextPageToken: string | undefined;
}

/** The first pages of a list, one after the other. @param pages at most so many */
export async function readPages<T>(pages: number, read: (pageToken: string | undefined) => Promise<ListPage<T>>): Promise<Rows<T>> {
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
