import type { Bed } from './bed.js';
import type { Answer } from './http-client.js';
import type { Request } from './load.js';

export const PAGE_SIZE = 50;

/** Pages of one list that a client reads before it turns to another. */
const PAGES = 4;

/** A list as the API is asked for it, and Temporal. */
interface List {
  readonly query: string;
  readonly visibility: string;
}

const ALL_TYPES = "WorkflowType IN ('extractSqlMetadata', 'EtlFlow', 'MockFlow')";

/** All filters of the list, with what each finds among the seeded runs. */
function lists(middle: Date): readonly List[] {
  const instant = middle.toISOString();
  const list = (query: string, condition: string, types = ALL_TYPES): List => ({ query, visibility: condition === '' ? types : `${types} AND ${condition}` });
  return [
    list('', ''),
    list('&type=EtlFlow', '', "WorkflowType IN ('EtlFlow')"),
    list('&status=failed', "ExecutionStatus = 'Failed'"),
    list('&connection=default/postgres/source-3', "TributaryConnection = 'default/postgres/source-3'"),
    list('&subject=team/source-4', "TributarySubject = 'team/source-4'"),
    list(`&startedBefore=${instant}`, `StartTime < '${instant}'`),
    list(`&startedAfter=${instant}&status=completed`, `ExecutionStatus = 'Completed' AND StartTime > '${instant}'`),
    list('&workflowIdPrefix=mock-flow~source-2', "WorkflowId STARTS_WITH 'mock-flow~source-2'"),
  ];
}

/** Requests that read, through the API and past it. */
export interface Reads {
  readonly status: Request;
  readonly bareStatus: Request;
  /** Past the API, but for as much: the status and how the run ended. */
  readonly bareOutcome: Request;
  readonly list: Request;
  readonly bareList: Request;
}

/** `ids`: of runs that are there; `middle`: a time at which about half of them had started. */
export function reads({ api: { http }, client }: Bed, ids: readonly string[], middle: Date): Reads {
  // Neighbours in time are no neighbours here: nothing is found because it was just looked for.
  const idOf = (number: number, turn: number): string => ids[(number * 7_919 + turn * 104_729) % ids.length] ?? '';
  const { namespace } = client.options;
  const all = lists(middle);

  return {
    status: async (number, turn) => {
      const id = idOf(number, turn);
      const run = parsed<{ workflowId: string; result?: object; failure?: object }>(await http.get(`/v1/runs/${encodeURIComponent(id)}`));
      if (run.workflowId !== id || !(run.result ?? run.failure)) throw new Error(`Another run, or one without its end: ${JSON.stringify(run)}`);
    },
    bareStatus: async (number, turn) => {
      const id = idOf(number, turn);
      const { workflowId } = await client.workflow.getHandle(id).describe();
      if (workflowId !== id) throw new Error('Another run');
    },
    bareOutcome: async (number, turn) => {
      const handle = client.workflow.getHandle(idOf(number, turn));
      await handle.describe();
      await handle.result().catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== 'WorkflowFailedError') throw error;
      });
    },
    list: paging(all, async ({ query }, token: string | undefined) => {
      const page = parsed<{ runs: object[]; nextPageToken?: string }>(
        await http.get(`/v1/runs?pageSize=${String(PAGE_SIZE)}${query}${token === undefined ? '' : `&pageToken=${token}`}`),
      );
      return { runs: page.runs.length, next: page.nextPageToken };
    }),
    bareList: paging(all, async ({ visibility: query }, nextPageToken: Uint8Array | undefined) => {
      const request = { namespace, query, pageSize: PAGE_SIZE, ...(nextPageToken ? { nextPageToken } : {}) };
      const page = await client.workflowService.listWorkflowExecutions(request);
      return { runs: page.executions.length, next: page.nextPageToken.length > 0 ? page.nextPageToken : undefined };
    }),
  };
}

/** Each client reads the first pages of one list after the other, beginning with one of its own. */
function paging<T>(all: readonly List[], read: (list: List, token: T | undefined) => Promise<{ runs: number; next: T | undefined }>): Request {
  const places = new Map<number, { list: number; page: number; token: T | undefined }>();
  return async (number) => {
    const { list, page, token } = places.get(number) ?? { list: number, page: 0, token: undefined };
    const wanted = all[list % all.length];
    if (!wanted) throw new Error('There is no list');
    places.set(number, { list: list + 1, page: 0, token: undefined });
    const { runs, next } = await read(wanted, token);
    if (next !== undefined && runs !== PAGE_SIZE) throw new Error(`A page of ${String(runs)} that is not the last`);
    if (runs === 0 && page === 0) throw new Error(`Nothing is found by ${wanted.visibility}`);
    if (next !== undefined && page + 1 < PAGES) places.set(number, { list, page: page + 1, token: next });
  };
}

/** Ids of all runs, as the API lists them page after page; one that comes twice counts twice. */
export async function listAll({ api: { http } }: Bed): Promise<string[]> {
  const ids: string[] = [];
  for (let token: string | undefined = ''; token !== undefined; ) {
    const page: { runs: { workflowId: string }[]; nextPageToken?: string } = parsed(
      await http.get(`/v1/runs?pageSize=200${token === '' ? '' : `&pageToken=${token}`}`),
    );
    ids.push(...page.runs.map(({ workflowId }) => workflowId));
    token = page.nextPageToken;
  }
  return ids;
}

/** @throws Error with the problem's code when it is no success */
export function parsed<T>({ status, text }: Answer): T {
  if (status >= 200 && status < 300) return JSON.parse(text) as T;
  throw new Error(`${String(status)} ${/"code":"(\w+)"/.exec(text)?.[1] ?? text.slice(0, 200)}`);
}
