import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Fields of an entry; links are given below the root: `~alice`. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Question {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface PlainLaunchpad {
  /** Service root. */
  readonly url: string;
  readonly questions: readonly Question[];
  stop(): Promise<void>;
}

export interface PlainOptions {
  /** Path of the service root. @default '/' */
  readonly base?: string;
  /** Entries by path: `~alice`. */
  readonly entries?: Readonly<Record<string, Fields>>;
  /** Rows of a collection (`bugs/1/messages`), or of an operation (`bugs?searchTasks`); those not listed are empty. */
  readonly collections?: Readonly<Record<string, readonly Fields[] | ((query: URLSearchParams) => readonly Fields[])>>;
  /** Rows of a page at most, whatever was asked for, without a word. @default 300 */
  readonly most?: number;
  /** Milliseconds by which its clock is behind. @default 0 */
  readonly behindMs?: number;
  /** Answers in place of the server; undefined: it answers itself. */
  readonly instead?: (question: Question) => Answer | undefined;
}

/** A small Launchpad out of plain JSON, for what the look-alike never says and for servers that behave otherwise. */
export async function startPlainLaunchpad({ base = '/', entries = {}, collections = {}, most = 300, behindMs = 0, instead }: PlainOptions): Promise<PlainLaunchpad> {
  const questions: Question[] = [];
  let root = '';
  const entry = (fields: Fields): Fields => linked({ http_etag: '"1"', resource_type_link: '#thing', ...fields }, `${root}devel/`);

  function answer(question: Question): Answer {
    const { path, query } = question;
    const own = instead?.(question);
    if (own !== undefined) return own;
    const one = entries[path];
    const operation = query.get('ws.op');
    if (one !== undefined && operation === null) return { body: entry({ self_link: path, ...one }) };
    const rows = collections[operation === null ? path : `${path}?${operation}`];
    if (rows === undefined && /^(~[^/]+|bugs\/\d+|[^/]+)$/.test(path) && one === undefined && operation === null) return { status: 404, body: 'Not found' };
    return { body: page(path, query, typeof rows === 'function' ? rows(query) : (rows ?? [])) };
  }

  function page(path: string, query: URLSearchParams, rows: readonly Fields[]): Fields {
    const start = Number(query.get('memo') ?? query.get('ws.start') ?? 0);
    const asked = Number(query.get('ws.size') ?? 75);
    const size = Math.min(asked, most);
    const next = new URLSearchParams(query);
    next.set('memo', String(start + size));
    return {
      start,
      entries: rows.slice(start, start + size).map(entry),
      ...(start + size < rows.length ? { next_collection_link: `${root}devel/${path}?${next.toString()}` } : { total_size: rows.length }),
    };
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', root);
    const path = decodeURIComponent(url.pathname.slice(`${base}devel/`.length));
    const question = { path, query: url.searchParams, headers: request.headers };
    questions.push(question);
    const { status = 200, headers = {}, body } = answer(question);
    const text = typeof body === 'string';
    const date = new Date(Date.now() - behindMs).toUTCString();
    response.writeHead(status, { 'content-type': text ? 'text/plain' : 'application/json', date, ...headers });
    response.end(text ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${base}`;
  return {
    url: root,
    questions,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Links below the root as whole links. */
function linked(fields: Fields, root: string): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isLink = name.endsWith('_link') && typeof value === 'string' && !/^(https?:|#|tag:)/.test(value);
      return [name, isLink ? root + value : value];
    }),
  );
}

/** A person with all links of a page of a person. */
export function person(name: string, more: Fields = {}): Fields {
  const below = (last: string) => `~${name}/${last}`;
  return {
    self_link: `~${name}`,
    name,
    is_team: false,
    super_teams_collection_link: below('super_teams'),
    participants_collection_link: below('participants'),
    members_details_collection_link: below('members_details'),
    memberships_details_collection_link: below('memberships_details'),
    all_specifications_collection_link: below('all_specifications'),
    ppas_collection_link: below('ppas'),
    ...more,
  };
}

export function task(bug: number, more: Fields = {}): Fields {
  return { self_link: `shop/+bug/${String(bug)}`, bug_link: `bugs/${String(bug)}`, bug_target_name: 'shop', date_created: '2026-03-01T00:00:00+00:00', ...more };
}

export function bug(id: number, more: Fields = {}): Fields {
  const self = `bugs/${String(id)}`;
  return {
    self_link: self,
    id,
    date_created: '2026-03-01T00:00:00+00:00',
    owner_link: '~alice',
    title: 'Title',
    activity_collection_link: `${self}/activity`,
    messages_collection_link: `${self}/messages`,
    ...more,
  };
}

export function proposal(id: number, more: Fields = {}): Fields {
  const self = `~alice/shop/+git/shop/+merge/${String(id)}`;
  return {
    self_link: self,
    date_created: '2026-03-01T00:00:00+00:00',
    registrant_link: '~alice',
    queue_status: 'Needs review',
    source_git_repository_link: '~alice/shop/+git/shop',
    target_git_repository_link: '~alice/shop/+git/shop',
    preview_diff_link: `${self}/+preview-diff/1`,
    all_comments_collection_link: `${self}/all_comments`,
    votes_collection_link: `${self}/votes`,
    preview_diffs_collection_link: `${self}/preview_diffs`,
    ...more,
  };
}

export function question(id: number, more: Fields = {}): Fields {
  const self = `shop/+question/${String(id)}`;
  return { self_link: self, date_created: '2026-03-01T00:00:00+00:00', owner_link: '~alice', title: 'Why?', status: 'Open', target_link: 'shop', messages_collection_link: `${self}/messages`, ...more };
}
