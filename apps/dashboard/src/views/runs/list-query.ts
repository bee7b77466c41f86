import type { RunFilter } from '../../api/runs.js';

/** What can be searched for, and how the field says it. */
export const SEARCHES = {
  connection: { label: 'Connection', placeholder: 'default/postgres/1745501106' },
  subject: { label: 'Subject', placeholder: 'team/some-team' },
  workflowIdPrefix: { label: 'Workflow ID', placeholder: 'extract-sql-metadata' },
} as const;
export type Search = keyof typeof SEARCHES;

/** Spans that the list can be narrowed to, in hours. */
export const SPANS = { '1': 'Last hour', '24': 'Last day', '168': 'Last week' } as const;

/** The list's part of the address. */
export interface ListQuery {
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly search?: Search | undefined;
  readonly text?: string | undefined;
  /** Hours: a key of SPANS. */
  readonly since?: string | undefined;
  readonly pageToken?: string | undefined;
  /** Where the span of `since` begins, RFC 3339: a page token belongs to the filters that it came with. */
  readonly startedAfter?: string | undefined;
  readonly [name: string]: string | undefined;
}

export function queryOf(query: URLSearchParams): ListQuery {
  const given = (name: string): string | undefined => query.get(name) ?? undefined;
  const search = given('search');
  return {
    status: given('status'),
    type: given('type'),
    search: search !== undefined && Object.hasOwn(SEARCHES, search) ? (search as Search) : undefined,
    text: given('text'),
    since: given('since'),
    pageToken: given('pageToken'),
    startedAfter: given('startedAfter'),
  };
}

export function filterOf({ status, type, search = 'connection', text, since, pageToken, startedAfter }: ListQuery, now = Date.now()): RunFilter {
  const hours = Number(since);
  return {
    status,
    type,
    ...(text === undefined || text === '' ? {} : { [search]: text }),
    ...(hours > 0 ? { startedAfter: startedAfter ?? new Date(now - hours * 3_600_000).toISOString() } : {}),
    pageToken,
  };
}

export function isFiltered({ status, type, text, since }: ListQuery): boolean {
  return [status, type, text, since].some((value) => value !== undefined && value !== '');
}
