import { createHash } from 'node:crypto';

import { type Answer, JSON_TYPE } from './answer.js';
import { batch, type BatchSettings } from './collections/batch.js';
import { type Found, resolve } from './collections/resolve.js';
import { badRequest, Problem } from './http-problem.js';
import { decodeParameters } from './operations/parameters.js';
import { type Outcome, runOperation, type Subject } from './operations/operations.js';
import { represent } from './representation/represent.js';
import { type OperationDescription, serviceDescription } from './representation/service-description.js';
import { operationIn, typeIn } from './representation/versions.js';
import { encodePath, VERSIONS, type Version, type View } from './representation/view.js';
import type { Entity } from './world/entities.js';
import { wadl } from './wadl/wadl.js';

export const WADL_TYPE = 'application/vnd.sun.wadl+xml';

/** Remembers the rows of a search while the world stays as it is, so that the second page costs no second search. */
export type RowCache = Map<string, { readonly revision: number; readonly rows: readonly Entity[] }>;

export interface ServeContext {
  readonly view: View;
  readonly query: URLSearchParams;
  readonly accept: string;
  readonly batch: BatchSettings;
  readonly cache: RowCache;
}

/** Answers a GET of a path below the version's root. @throws Problem */
export function serve(path: string, context: ServeContext): Answer {
  const { view, query, accept } = context;
  const found = resolve(path, view);
  if (found.kind === 'redirect') {
    const search = query.size === 0 ? '' : `?${query.toString()}`;
    return {
      status: found.status,
      type: 'text/plain',
      body: '',
      headers: { Location: `${view.base}${encodePath(found.path)}${search}` },
    };
  }
  const operation = query.get('ws.op');
  if (operation !== null) return callOperation(operation, found, context);
  if (found.kind === 'root') return serveRoot(accept, view);
  if (found.kind === 'entry') {
    const representation = represent(found.entity, view);
    return { status: 200, type: JSON_TYPE, body: JSON.stringify(representation), etag: representation.http_etag };
  }
  const url = `${view.base}${encodePath(found.path)}`;
  return json(batch(found.rows, query, { url, type: found.type }, context.batch, view));
}

function json(value: unknown): Answer {
  return { status: 200, type: JSON_TYPE, body: JSON.stringify(value) };
}

function serveRoot(accept: string, view: View): Answer {
  const seconds = view.version === 'devel' ? 3600 : 604_800;
  const wantsWadl = accept.includes(WADL_TYPE);
  const body = wantsWadl ? wadl(view.base, view.version) : JSON.stringify(rootLinks(view));
  const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
  return {
    status: 200,
    type: wantsWadl ? WADL_TYPE : JSON_TYPE,
    body,
    etag,
    headers: { 'Cache-Control': `max-age=${seconds}` },
  };
}

const ROOT_PATHS: Readonly<Record<string, string>> = {
  me_link: 'people/+me',
  languages_collection_link: '+languages',
  git_repositories_collection_link: '+git',
};

function rootLinks(view: View): Readonly<Record<string, string>> {
  const links = Object.entries(serviceDescription().root)
    .filter(([, { to }]) => typeIn(view.version, to))
    .map(([name]) => [name, `${view.base}${ROOT_PATHS[name] ?? name.replace('_collection_link', '')}`]);
  return { ...Object.fromEntries(links), resource_type_link: view.typeLink('service-root') } as Record<string, string>;
}

function callOperation(name: string, found: Exclude<Found, { kind: 'redirect' }>, context: ServeContext): Answer {
  const { view, query } = context;
  const subject = subjectOf(found);
  const description = subject === undefined ? undefined : describedOperation(name, subject, view.version);
  if (subject === undefined || description === undefined) throw badRequest(`No such operation: ${name}`);
  const parameters = decodeParameters(query, description, (link) => findByLink(link, view));
  const path = found.kind === 'entry' ? '' : found.kind === 'collection' ? found.path : '';
  const url = typeof subject === 'string' ? `${view.base}${encodePath(path)}` : view.self(subject);
  const key = `${url}?${[...query]
    .filter(([parameter]) => !PAGING.has(parameter))
    .map(String)
    .join('&')}`;
  const known = context.cache.get(key);
  if (known?.revision === view.world.revision) return page(known.rows, url, context);

  const outcome = runOperation(name, subject, parameters, view);
  if (outcome === undefined) throw badRequest(`No such operation: ${name}`);
  if ('rows' in outcome) context.cache.set(key, { revision: view.world.revision, rows: outcome.rows });
  return answerOutcome(outcome, url, context);
}

const PAGING: ReadonlySet<string> = new Set(['ws.start', 'ws.size', 'ws.show', 'memo', 'direction']);

function answerOutcome(outcome: Outcome, url: string, context: ServeContext): Answer {
  if ('rows' in outcome) return page(outcome.rows, url, context);
  if ('value' in outcome) return json(outcome.value);
  const { entry } = outcome;
  if (entry === null || !context.view.sees(entry)) return json(null);
  return json(represent(entry, context.view));
}

function page(rows: readonly Entity[], url: string, context: ServeContext): Answer {
  if (context.query.get('ws.show') === 'total_size') return json(rows.length);
  return json(batch(rows, context.query, { url }, context.batch, context.view));
}

function subjectOf(found: Found): Subject | undefined {
  if (found.kind === 'entry') return found.entity;
  return found.kind === 'collection' ? found.name : undefined;
}

function describedOperation(name: string, on: Subject, version: Version): OperationDescription | undefined {
  const type = typeof on === 'string' ? on : on.type;
  return operationIn(version, name) ? serviceDescription().types[type]?.operations[name] : undefined;
}

/** The entity that a link or path names, if the caller may see it; which host and version it names does not matter. */
function findByLink(link: string, view: View): Entity | undefined {
  const path = link.replace(/^https?:\/\/[^/]+/, '').replace(/^\/(api\/)?/, '');
  const [version = '', ...rest] = path.split('/');
  try {
    const found = resolve((VERSIONS as readonly string[]).includes(version) ? rest.join('/') : path, view);
    return found.kind === 'entry' ? found.entity : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
