import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as jose from 'jose';

/** An OpenID provider with keys of its own, served over HTTP as real ones do. */
export interface OidcProvider {
  readonly issuer: string;
  /** Requests for its key set so far. */
  readonly keyFetches: () => number;
  /** The newest key signs from now on; the ones before stay published until `withdraw`. */
  rotate(): Promise<void>;
  /** Publishes the newest key alone. */
  withdraw(): void;
  /** A token of the newest key, valid for five minutes. Claims and header win over its own. */
  token(claims?: jose.JWTPayload, header?: Partial<jose.JWTHeaderParameters>): Promise<string>;
  /** The public part of the newest key, as PEM. */
  publicPem(): Promise<string>;
  /** How it answers for its key set from now on. */
  answer(how: 'well' | 'with 500' | 'too much' | 'with a redirect' | 'as another issuer'): void;
  /** Goes, as when it is down; `listen` brings it back at the same place. */
  stop(): Promise<void>;
  listen(): Promise<void>;
}

interface SigningKey {
  readonly kid: string;
  readonly pair: jose.GenerateKeyPairResult;
}

export const AUDIENCE = 'tributary-tests';

export async function startOidcProvider(algorithm: 'RS256' | 'ES256' = 'RS256'): Promise<OidcProvider> {
  const keys: SigningKey[] = [];
  let fetches = 0;
  let how: Parameters<OidcProvider['answer']>[0] = 'well';
  let server: Server | undefined;
  let port = 0;
  const issuer = (): string => `http://127.0.0.1:${port}/realms/test`;
  const newest = (): SigningKey => keys.at(-1) as SigningKey;

  const rotate = async (): Promise<void> => {
    const pair = await jose.generateKeyPair(algorithm, { extractable: true });
    keys.push({ kid: `key-${keys.length + 1}-${Date.now()}`, pair });
  };
  const documents = async (path: string): Promise<object | undefined> => {
    if (path === '/realms/test/.well-known/openid-configuration') {
      return { issuer: how === 'as another issuer' ? 'https://elsewhere.example.com' : issuer(), jwks_uri: `${issuer()}/keys` };
    }
    if (path !== '/realms/test/keys') return undefined;
    fetches++;
    const published = await Promise.all(keys.map(async ({ kid, pair }) => ({ ...(await jose.exportJWK(pair.publicKey)), kid, alg: algorithm, use: 'sig' })));
    return { keys: published, ...(how === 'too much' ? { padding: 'x'.repeat(300_000) } : {}) };
  };
  const listen = async (): Promise<void> => {
    const started = createServer((request, response) => {
      if (how === 'with 500') return void response.writeHead(500).end();
      if (how === 'with a redirect') return void response.writeHead(302, { location: `${issuer()}/keys` }).end();
      void documents(request.url ?? '').then((document) => response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document ?? {})));
    });
    await new Promise<void>((resolve) => started.listen(port, '127.0.0.1', resolve));
    port = (started.address() as AddressInfo).port;
    server = started;
  };
  await rotate();
  await listen();

  return {
    issuer: issuer(),
    keyFetches: () => fetches,
    rotate,
    withdraw: () => void keys.splice(0, keys.length - 1),
    token: (claims = {}, header = {}) => {
      const now = Math.floor(Date.now() / 1_000);
      return new jose.SignJWT({ iss: issuer(), aud: AUDIENCE, sub: 'ada', iat: now, exp: now + 300, roles: ['viewer'], ...claims })
        .setProtectedHeader({ alg: algorithm, kid: newest().kid, ...header })
        .sign(newest().pair.privateKey);
    },
    publicPem: () => jose.exportSPKI(newest().pair.publicKey),
    answer: (next) => void (how = next),
    listen,
    stop: () =>
      new Promise((resolve) => {
        server?.close(() => resolve());
        server?.closeAllConnections();
      }),
  };
}
