import { authorize } from './authorize.js';
import { type Exchange, TestServer } from './testdata/http-server.js';

let server: TestServer;
const posts: { path: string; form: URLSearchParams; referer: string | undefined }[] = [];
afterEach(async () => {
  posts.length = 0;
  await server.close();
});

/** A web site on which the access token is asked for in vain as often as there are `answers`. */
async function site(answers: readonly ((exchange: Exchange) => void)[]): Promise<void> {
  server = await TestServer.start((exchange) => {
    const { request, url, text } = exchange;
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      posts.push({ path: url.pathname, form: new URLSearchParams(body), referer: request.headers.referer });
      if (url.pathname === '/+request-token') return text(200, 'oauth_token=req&oauth_token_secret=request-secret');
      const answer = answers[posts.length - 2];
      if (answer) return answer(exchange);
      text(200, 'oauth_token=tok&oauth_token_secret=access-secret&lp.context=None');
    });
  });
}
const pending = ({ text }: Exchange): unknown => text(401, 'Request token has not yet been reviewed. Try again later.');
const options = (rest: object = {}) => ({ webRoot: server.origin, applicationName: 'probe app', pollMs: 5, onUrl: () => undefined, ...rest });

describe('authorizing an application', () => {
  it('gives the URL to open and, once somebody has agreed, the token', async () => {
    await site([pending, ({ request }) => request.socket.destroy(), ({ text }) => text(503), pending]);
    const urls: string[] = [];
    const credentials = await authorize(options({ permission: 'READ_PRIVATE', onUrl: (url: string) => urls.push(url) }));
    expect(urls).toEqual([`${server.origin}/+authorize-token?oauth_token=req&allow_permission=READ_PRIVATE`]);
    expect([credentials.accessToken.reveal(), credentials.accessSecret.reveal()]).toEqual(['tok', 'access-secret']);
    expect(JSON.stringify(credentials)).not.toMatch(/tok"|access-secret/);
    expect(posts.map(({ path }) => path)).toEqual(['/+request-token', ...Array<string>(5).fill('/+access-token')]);
    expect(Object.fromEntries(posts[0]!.form)).toEqual({
      oauth_consumer_key: 'probe app',
      oauth_signature_method: 'PLAINTEXT',
      oauth_signature: '&',
    });
    expect(Object.fromEntries(posts[1]!.form)).toMatchObject({ oauth_token: 'req', oauth_signature: '&request-secret' });
    expect(posts.every(({ referer }) => referer === `${server.origin}/`)).toBe(true);
  });

  it('ends when it was refused', async () => {
    await site([pending, ({ text }) => text(403, 'Request token was refused')]);
    await expect(authorize(options())).rejects.toMatchObject({ code: 'LAUNCHPAD_AUTHORIZATION_REFUSED' });
  });

  it.each([400, 404])('ends when the site does not understand it: %s', async (status) => {
    await site([pending, ({ text }) => text(status, 'req')]);
    await expect(authorize(options())).rejects.toMatchObject({ code: 'LAUNCHPAD_REQUEST_REFUSED' });
  });

  it('ends when nobody decides in time', async () => {
    await site(Array<typeof pending>(1000).fill(pending));
    await expect(authorize(options({ timeoutMs: 50 }))).rejects.toMatchObject({ code: 'LAUNCHPAD_AUTHORIZATION_TIMEOUT' });
  });

  it('ends when it is aborted', async () => {
    await site(Array<typeof pending>(1000).fill(pending));
    const controller = new AbortController();
    const reason = new Error('stop');
    await expect(authorize(options({ signal: controller.signal, onUrl: () => controller.abort(reason) }))).rejects.toBe(reason);
  });

  it('says so when the site does not give a token', async () => {
    server = await TestServer.start(({ text }) => text(200, '<html>', { 'content-type': 'text/html' }));
    await expect(authorize(options())).rejects.toMatchObject({ code: 'LAUNCHPAD_ANSWER_INVALID' });
  });
});
