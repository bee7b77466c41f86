import { describe, expect, it } from '@jest/globals';

import type { LaunchpadServer } from '../server.js';
import { ask, quietWorld, serveWorld, signed } from '../spec-server.js';

async function refusal(
  server: LaunchpadServer,
  token: { key: string; secret: string; consumer: string },
): Promise<string> {
  const { status, text, headers } = await ask(server, '~alice', signed(token));
  expect(headers.get('content-type')).toContain('text/plain');
  return `${status} ${text}`;
}

describe('a signed request', () => {
  it('is refused in words when anything about its token is wrong', async () => {
    const server = await serveWorld(quietWorld());
    const token = server.tokens.issue('alice', { consumer: 'probe app' });
    expect((await ask(server, '~alice', signed(token))).status).toBe(200);
    expect(await refusal(server, { ...token, consumer: 'other' })).toBe('401 Unknown consumer (other).');
    expect(await refusal(server, { ...token, key: 'none' })).toBe('401 Unknown access token (none).');
    expect(await refusal(server, { ...token, secret: 'wrong' })).toBe('401 Invalid signature.');
    server.tokens.expire(token.key);
    expect(await refusal(server, token)).toBe(`401 Expired token (${token.key}).`);
    expect(await refusal(server, server.tokens.issue('alice', { level: 'UNAUTHORIZED' }))).toBe(
      '401 Unauthorized token',
    );
    server.world.people.setStatus('bob', 'Suspended');
    expect(await refusal(server, server.tokens.issue('bob'))).toBe('401 Inactive account.');
  });

  it('has to be signed as PLAINTEXT, encoded twice', async () => {
    const server = await serveWorld(quietWorld());
    const token = server.tokens.issue('alice');
    const { Authorization: header = '' } = signed({ ...token, secret: 'SEC&RET' });
    expect(header).toContain('oauth_signature="%26SEC%2526RET"');
    expect((await ask(server, '~alice', { Authorization: header.replace('PLAINTEXT', 'HMAC-SHA1') })).status).toBe(400);
    expect(
      (
        await ask(server, 'people/+me', {
          Authorization: signed(token)['Authorization']!.replace(/"%26([^"]*)"/, '"&$1"'),
        })
      ).status,
    ).toBe(303);
  });

  it('is anonymous with an empty token, and not kept in the log with its secret', async () => {
    const server = await serveWorld(quietWorld());
    const token = server.tokens.issue('alice');
    expect((await ask(server, '~alice', signed({ consumer: 'anybody', key: '', secret: '' }))).status).toBe(200);
    await ask(server, '~alice', signed(token));
    expect(server.requests.entries.map(({ caller }) => caller)).toEqual([undefined, 'alice']);
    expect(JSON.stringify(server.requests.entries)).not.toContain(token.secret);
  });
});

describe('the token dance', () => {
  const post = async (server: LaunchpadServer, step: string, form: Record<string, string>) => {
    const response = await fetch(`${server.url}${step}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
    return { status: response.status, text: await response.text() };
  };
  const begin = async (server: LaunchpadServer) => {
    const asked = await post(server, '+request-token', {
      oauth_consumer_key: 'dancer',
      oauth_signature_method: 'PLAINTEXT',
      oauth_signature: '&',
    });
    const given = new URLSearchParams(asked.text);
    const key = given.get('oauth_token') ?? '';
    const exchange = () =>
      post(server, '+access-token', {
        oauth_consumer_key: 'dancer',
        oauth_signature_method: 'PLAINTEXT',
        oauth_token: key,
        oauth_signature: `&${given.get('oauth_token_secret')}`,
      });
    return { key, exchange };
  };

  it('gives a token once somebody agreed, and only once', async () => {
    const server = await serveWorld(quietWorld());
    const { key, exchange } = await begin(server);
    expect(await exchange()).toMatchObject({
      status: 401,
      text: 'Request token has not yet been reviewed. Try again later.',
    });
    expect((await fetch(`${server.url}+authorize-token?oauth_token=${key}`)).headers.get('content-type')).toContain(
      'text/html',
    );
    expect(
      (await post(server, `+authorize-token?oauth_token=${key}`, { person: 'bob', permission: 'READ_PRIVATE' })).status,
    ).toBe(200);

    const given = new URLSearchParams((await exchange()).text);
    const token = {
      key: given.get('oauth_token') ?? '',
      secret: given.get('oauth_token_secret') ?? '',
      consumer: 'dancer',
    };
    expect((await ask(server, 'people/+me', signed(token))).headers.get('location')).toBe(`${server.url}devel/~bob`);
    expect((await exchange()).status).toBe(401);
  });

  it('ends with 403 when somebody refused', async () => {
    const server = await serveWorld(quietWorld());
    const { key, exchange } = await begin(server);
    server.tokens.review(key, 'bob', 'UNAUTHORIZED');
    expect((await exchange()).status).toBe(403);
  });

  it('lists the levels to those who take JSON', async () => {
    const server = await serveWorld(quietWorld());
    const body = new URLSearchParams({
      oauth_consumer_key: 'd',
      oauth_signature_method: 'PLAINTEXT',
      oauth_signature: '&',
    });
    const response = await fetch(`${server.url}+request-token`, {
      method: 'POST',
      body,
      headers: { Accept: 'application/json' },
    });
    expect(await response.json()).toMatchObject({ oauth_token_consumer: 'd', access_levels: { length: 6 } });
  });
});
