import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { API_ROUTE_UNKNOWN } from '../errors.js';
import { PAGE_POLICIES } from './page-policies.js';
import type { Sites } from './sites.js';

/** Names of hashed files: nothing that could lead out of their folder. */
const ASSET = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$/;
/** Pages and files of the documentation: no segment that is empty or begins with a dot. */
const PAGE = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?$/;

const FOREVER = 'public, max-age=31536000, immutable';
const ASK_EACH_TIME = 'no-cache';

/** For everybody, as nothing of anybody is in them; no part of the API's specification. */
const open = { config: { access: 'public' as const }, schema: { hide: true } };

/** Serves the dashboard at `/` and the documentation at `/docs/`. */
export async function serveSites(app: FastifyInstance, { dashboard, docs }: Sites): Promise<void> {
  await app.register(fastifyStatic, { serve: false, preCompressed: true, cacheControl: false, dotfiles: 'ignore', lastModified: false });

  app.get('/', open, async (_request, reply) => {
    if (!(await isFile(dashboard, 'index.html'))) return notBuilt(reply, 'dashboard');
    // It names the hashed files: an old one would ask for those of a version that is gone.
    return reply.headers(headers('dashboard', 'no-store')).sendFile('index.html', dashboard);
  });

  app.get<{ Params: { file: string } }>('/assets/:file', open, async ({ params: { file } }, reply) => {
    if (!ASSET.test(file) || !(await isFile(dashboard, 'assets', file))) throw API_ROUTE_UNKNOWN();
    return reply.headers(headers('dashboard', FOREVER)).sendFile(file, join(dashboard, 'assets'));
  });

  app.get('/docs', open, async (_request, reply) => reply.redirect('/docs/', 308));

  app.get<{ Params: { '*': string } }>('/docs/*', open, async ({ params }, reply) => {
    if (!(await isFile(docs, 'index.html'))) return notBuilt(reply, 'docs');
    const page = await pageOf(docs, params['*']);
    if (page === undefined) throw API_ROUTE_UNKNOWN();
    return reply.headers(headers('docs', ASK_EACH_TIME)).sendFile(page, docs);
  });
}

/** File of a page: its own name, or the index of a folder; undefined when there is none. */
async function pageOf(root: string, path: string): Promise<string | undefined> {
  if (!PAGE.test(path)) return undefined;
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  return (await isFile(root, file)) ? file : undefined;
}

async function isFile(...path: readonly string[]): Promise<boolean> {
  const found = await stat(join(...path)).catch(() => undefined);
  return found?.isFile() === true;
}

function headers(site: keyof typeof PAGE_POLICIES, caching: string): Record<string, string> {
  return { 'content-security-policy': PAGE_POLICIES[site], 'cache-control': caching, vary: 'accept-encoding' };
}

/** Says how to build a page that is not there. */
function notBuilt(reply: FastifyReply, project: 'dashboard' | 'docs'): FastifyReply {
  const title = project === 'dashboard' ? 'The dashboard' : 'The documentation';
  const variable = project === 'dashboard' ? 'TRIBUTARY_DASHBOARD_DIR' : 'TRIBUTARY_DOCS_DIR';
  return reply
    .code(404)
    .headers(headers('notice', 'no-store'))
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><title>${title} is not built</title><h1>${title} is not built</h1>` +
        `<p>Run <code>npx nx build ${project}</code> and load this page again, or set ${variable} to the folder of a built one. ` +
        `The API works without it.</p></html>\n`,
    );
}
