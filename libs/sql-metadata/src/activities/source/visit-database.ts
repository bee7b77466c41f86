import type { CatalogSession, ObjectCounts } from '@tributary/clients/sql';
import { isCodedError, type CodedError } from '@tributary/common';
import type { CatalogKind, Filters, ScopeReport } from '@tributary/workflow-contracts/sql-metadata';

type Part = 'signIn' | 'privileges' | 'scope';

/** What a check found in one database, as far as it got. */
export interface Visit {
  readonly database: string;
  /** The part that failed, with its error; those behind it are missing. */
  readonly failed?: { readonly in: Part; readonly error: CodedError };
  readonly reports: readonly ScopeReport[];
  readonly counts?: Readonly<Record<CatalogKind, number>>;
  readonly objects?: ObjectCounts;
  /** Milliseconds that each part took. */
  readonly millis: Readonly<Record<Part, number>>;
}

/** Signs in to a database, and reads what the role may see of it and how much there is. */
export async function visitDatabase(database: string, filters: Filters, open: () => Promise<CatalogSession>): Promise<Visit> {
  const visit: { -readonly [K in keyof Visit]: Visit[K] } = { database, reports: [], millis: { signIn: 0, privileges: 0, scope: 0 } };
  const scope = { database, filters };
  let session: CatalogSession | undefined;

  const part = async (name: Part, work: () => Promise<void>): Promise<boolean> => {
    const begun = performance.now();
    try {
      await work();
    } catch (error) {
      if (!isCodedError(error)) throw error;
      visit.failed = { in: name, error };
    }
    visit.millis = { ...visit.millis, [name]: performance.now() - begun };
    return !visit.failed;
  };

  try {
    if (!(await part('signIn', async () => void (session = await open()))) || !session) return visit;
    const opened = session;
    if (!(await part('privileges', async () => void (visit.reports = await opened.reports(scope))))) return visit;
    // Without reading the catalog there is nothing to count.
    if (visit.reports.some(({ verdict }) => verdict === 'unreadable')) return visit;
    await part('scope', async () => {
      visit.counts = await opened.counts(scope);
      visit.objects = await opened.countObjects(scope);
    });
    return visit;
  } finally {
    await session?.close();
  }
}
