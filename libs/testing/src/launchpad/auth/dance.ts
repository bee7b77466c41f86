import { badRequest, notFound, Problem, unauthorized } from '../http-problem.js';
import { ACCESS_LEVELS, type AccessLevel } from '../representation/caller.js';
import type { World } from '../world/world.js';
import { checkSignature } from './authenticate.js';
import type { Tokens } from './tokens.js';

export interface DanceAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const TEXT = 'text/plain;charset=utf-8';
const FORM = 'application/x-www-form-urlencoded';

/** One step of the token dance, on the web root; undefined when the path is no step of it. @throws Problem */
export function dance(
  method: string,
  url: URL,
  form: URLSearchParams,
  accept: string,
  tokens: Tokens,
  world: World,
): DanceAnswer | undefined {
  switch (url.pathname) {
    case '/+request-token':
      return requestToken(form, accept, tokens);
    case '/+authorize-token':
      return authorizeToken(method, url, form, tokens, world);
    case '/+access-token':
      return accessToken(form, tokens);
    default:
      return undefined;
  }
}

function requestToken(form: URLSearchParams, accept: string, tokens: Tokens): DanceAnswer {
  const consumer = form.get('oauth_consumer_key') ?? '';
  if (consumer === '') throw unauthorized('No consumer key');
  checkSignature(new Map(form), '');
  const { key, secret } = tokens.request(consumer);
  if (accept.includes('application/json')) {
    const access_levels = ACCESS_LEVELS.map((value) => ({ value, title: value.toLowerCase().replace('_', ' ') }));
    const body = { oauth_token: key, oauth_token_secret: secret, oauth_token_consumer: consumer, access_levels };
    return { status: 200, type: 'application/json', body: JSON.stringify(body) };
  }
  return { status: 200, type: FORM, body: `oauth_token=${key}&oauth_token_secret=${secret}` };
}

/**
 * The page that a person sees. Here it also takes the answer: a POST with `person` and `permission`, which stands for
 * logging in and pressing the button.
 */
function authorizeToken(method: string, url: URL, form: URLSearchParams, tokens: Tokens, world: World): DanceAnswer {
  const key = url.searchParams.get('oauth_token') ?? form.get('oauth_token') ?? '';
  const request = tokens.requested(key);
  if (request === undefined) throw notFound('+authorize-token');
  if (method === 'GET') return { status: 200, type: 'text/html;charset=utf-8', body: authorizePage(request.consumer) };
  const person = form.get('person') ?? '';
  const permission = (form.get('permission') ??
    url.searchParams.get('allow_permission') ??
    'READ_PUBLIC') as AccessLevel;
  if (world.people.find(person) === undefined) throw badRequest('person: nobody of that name');
  if (!ACCESS_LEVELS.includes(permission)) throw badRequest(`permission: one of ${ACCESS_LEVELS.join(', ')}`);
  tokens.review(key, person, permission);
  const callback = url.searchParams.get('oauth_callback');
  if (callback !== null) return { status: 303, type: TEXT, body: '', headers: { Location: callback } };
  return { status: 200, type: TEXT, body: 'You may close this page now.' };
}

function authorizePage(consumer: string): string {
  const name = consumer.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const buttons = ACCESS_LEVELS.map((level) => `<button name="permission" value="${level}">${level}</button>`).join(
    ' ',
  );
  return `<!DOCTYPE html><title>Authorize</title><form method="post"><p>${name} asks for access.</p><input name="person"> ${buttons}</form>`;
}

function accessToken(form: URLSearchParams, tokens: Tokens): DanceAnswer {
  const request = tokens.requested(form.get('oauth_token') ?? '');
  if (request?.consumer !== form.get('oauth_consumer_key')) throw unauthorized('No request token specified.');
  checkSignature(new Map(form), request?.secret ?? '');
  if (request?.review === undefined) throw unauthorized('Request token has not yet been reviewed. Try again later.');
  if (request.review.level === 'UNAUTHORIZED') throw new Problem(403, 'End-user refused to authorize request token.');
  const token = tokens.exchange(request);
  if (token === undefined) throw unauthorized('No request token specified.');
  return {
    status: 200,
    type: FORM,
    body: `oauth_token=${token.key}&oauth_token_secret=${token.secret}&lp.context=None`,
  };
}
