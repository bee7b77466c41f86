import * as jose from 'jose';
import { AUDIENCE, startOidcProvider, type OidcProvider } from '../../testdata/oidc-provider.js';
import { createTokenVerifier, type OidcSettings, type TokenVerifier } from './token-verifier.js';

const MINUTE = 60_000;

let provider: OidcProvider;
let settings: OidcSettings;
let clock: number;
let verifier: TokenVerifier;

const freshVerifier = (changes: Partial<OidcSettings> = {}): Promise<TokenVerifier> => createTokenVerifier({ ...settings, ...changes }, () => clock);
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
const refusal = async (token: string, by = verifier): Promise<unknown> =>
  by.verify(token).then(
    ({ role }) => `accepted as ${role ?? 'nobody'}`,
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );

beforeEach(async () => {
  provider = await startOidcProvider();
  settings = { issuer: provider.issuer, audience: AUDIENCE, rolesClaim: 'roles', roleMap: undefined };
  clock = 1_000;
  verifier = await freshVerifier();
});

afterEach(() => provider.stop());

describe('a token', () => {
  it('of the issuer, for us, and not expired, says who it is', async () => {
    const token = await provider.token({ sub: 'grace', roles: ['viewer', 'admin', 'something else'], aud: ['other', AUDIENCE] });
    await expect(verifier.verify(token)).resolves.toEqual({ kind: 'oidc', name: 'grace', role: 'admin' });
  });

  it('may be signed with an elliptic curve, too', async () => {
    const elliptic = await startOidcProvider('ES256');
    const its = await freshVerifier({ issuer: elliptic.issuer });
    await expect(its.verify(await elliptic.token())).resolves.toMatchObject({ role: 'viewer' });
    await elliptic.stop();
  });

  it.each<[string, () => Promise<string>, string]>([
    ['for another audience', () => provider.token({ aud: 'another-service' }), 'aud names another audience'],
    ['for no audience', () => provider.token({ aud: [] }), 'aud names another audience'],
    ['of another issuer', () => provider.token({ iss: 'https://elsewhere.example.com' }), 'iss names another issuer'],
    ['that has expired', () => provider.token({ exp: inSeconds(-60) }), 'has expired'],
    ['that never expires', async () => provider.token(Object.fromEntries([['exp', undefined]])), 'exp is missing'],
    ['that holds from later on', () => provider.token({ nbf: inSeconds(120) }), 'nbf is in the future'],
    ['of nobody', () => provider.token(Object.fromEntries([['sub', undefined]])), 'sub is missing'],
    ['that is cut', async () => (await provider.token()).slice(0, -8), 'signature is wrong'],
    ['with claims of somebody else', async () => withClaims(await provider.token(), { roles: ['admin'] }), 'signature is wrong'],
    ['without signature', async () => unsigned(await provider.token()), 'algorithm is none of'],
    ['signed with the public key as if it were a shared secret', () => signedWithPublicKey(), 'algorithm is none of'],
    ['that brings its own key', () => selfMade(), 'publishes no key'],
    ['that is none', async () => Promise.resolve('not.a.token'), 'neither an API key nor a well-formed token'],
  ])('%s is refused', async (_, make, problem) => {
    const token = await make();
    const told = await refusal(token);
    expect(told).toMatch(/^AUTH_INVALID: /);
    expect(told).toContain(problem);
    expect(told).not.toContain(token.slice(-20));
  });

  it('passes while clocks differ by some seconds', async () => {
    expect(await refusal(await provider.token({ exp: inSeconds(-10) }))).toBe('accepted as viewer');
    expect(await refusal(await provider.token({ nbf: inSeconds(10) }))).toBe('accepted as viewer');
  });
});

describe('the role', () => {
  it.each<[string, Partial<OidcSettings>, object, string | undefined]>([
    ['stands deep in the claims', { rolesClaim: 'realm_access.roles' }, { realm_access: { roles: ['operator'] } }, 'operator'],
    ['stands under a name with dots', { rolesClaim: 'https://example.com/roles' }, { 'https://example.com/roles': ['operator'] }, 'operator'],
    ['is one of some words', { rolesClaim: 'scope' }, { scope: 'openid operator' }, 'operator'],
    ['is by another name', { roleMap: new Map([['cn=ops', 'operator'] as const]) }, { roles: ['cn=ops', 'admin'] }, 'operator'],
    ['is none that we know', {}, { roles: ['Admin', 'root'] }, undefined],
    ['is no text', {}, { roles: [{ admin: true }, 7] }, undefined],
    ['is missing', { rolesClaim: 'constructor.name' }, {}, undefined],
  ])('%s', async (_, changes, claims, role) => {
    const its = await freshVerifier(changes);
    expect((await its.verify(await provider.token({ roles: undefined, ...claims }))).role).toBe(role);
  });
});

describe('the keys of the issuer', () => {
  it('are fetched once for many tokens, at a time and one after the other', async () => {
    const token = await provider.token();
    await Promise.all(Array.from({ length: 20 }, () => verifier.verify(token)));
    await verifier.verify(token);
    expect(provider.keyFetches()).toBe(1);
  });

  it('are fetched again when a new one is used, and when they are old', async () => {
    const before = await provider.token();
    await verifier.verify(before);
    await provider.rotate();
    clock += MINUTE;
    expect(await refusal(await provider.token())).toBe('accepted as viewer');
    expect(await refusal(before)).toBe('accepted as viewer');
    provider.withdraw();
    clock += 11 * MINUTE;
    expect(await refusal(before)).toContain('publishes no key');
    expect(await refusal(await provider.token())).toBe('accepted as viewer');
  });

  it('are not fetched for each token that somebody makes up', async () => {
    await verifier.verify(await provider.token());
    for (let i = 0; i < 10; i++) expect(await refusal(await provider.token({}, { kid: `made-up-${i}` }))).toContain('publishes no key');
    expect(provider.keyFetches()).toBe(1);
    clock += MINUTE;
    for (let i = 0; i < 10; i++) await refusal(await provider.token({}, { kid: `made-up-${i}` }));
    expect(provider.keyFetches()).toBe(2);
  });

  it.each(['with 500', 'too much', 'with a redirect', 'as another issuer'] as const)('that the issuer answers for %s are no reason to refuse a token', async (how) => {
    provider.answer(how);
    const token = await provider.token();
    expect(await refusal(token)).toMatch(/^AUTH_ISSUER_UNAVAILABLE: /);
    provider.answer('well');
    clock += MINUTE;
    expect(await refusal(token)).toBe('accepted as viewer');
  });

  it('that are known are used while the issuer is down; of an unknown one nothing can be said; an hour later of none', async () => {
    const token = await provider.token();
    await verifier.verify(token);
    await provider.stop();
    clock += 30 * MINUTE;
    expect(await refusal(token)).toBe('accepted as viewer');
    expect(await refusal(await provider.token({}, { kid: 'new' }))).toMatch(/^AUTH_ISSUER_UNAVAILABLE: /);
    clock += 31 * MINUTE;
    expect(await refusal(token)).toMatch(/^AUTH_ISSUER_UNAVAILABLE: /);
    await provider.listen();
    clock += MINUTE;
    expect(await refusal(token)).toBe('accepted as viewer');
  });
});

function withClaims(token: string, changes: object): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), ...changes };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}

function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}

async function signedWithPublicKey(): Promise<string> {
  const { kid } = jose.decodeProtectedHeader(await provider.token());
  const secret = Buffer.from(await provider.publicPem());
  return new jose.SignJWT({ roles: ['admin'] })
    .setProtectedHeader({ alg: 'HS256', ...(kid !== undefined && { kid }) })
    .setIssuer(provider.issuer)
    .setAudience(AUDIENCE)
    .setSubject('mallory')
    .setExpirationTime('5m')
    .sign(secret);
}

async function selfMade(): Promise<string> {
  const { publicKey, privateKey } = await jose.generateKeyPair('RS256');
  return new jose.SignJWT({ roles: ['admin'] })
    .setProtectedHeader({ alg: 'RS256', kid: 'mine', jwk: await jose.exportJWK(publicKey), jku: 'http://127.0.0.1:1/keys' })
    .setIssuer(provider.issuer)
    .setAudience(AUDIENCE)
    .setSubject('mallory')
    .setExpirationTime('5m')
    .sign(privateKey);
}
