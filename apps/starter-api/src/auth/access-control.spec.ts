import { Secret, SecretScrubber } from '@tributary/common';
import { TEST_KEY_ENTRIES } from '../testdata/access.js';
import { openAccess, type AccessConfig } from './access-control.js';
import { findApiKey } from './api-keys.js';
import { FailedSignIns, networkOf } from './failed-sign-ins.js';

const NOTHING: AccessConfig = {
  apiHost: '127.0.0.1',
  apiKeys: undefined,
  appApiToken: undefined,
  oidcIssuer: undefined,
  oidcAudience: undefined,
  oidcRolesClaim: 'roles',
  oidcRoleMap: undefined,
  signInLimit: 1,
};
const ISSUER = { oidcIssuer: 'https://login.example.com/realms/a', oidcAudience: 'tributary' };

async function open(changes: Partial<AccessConfig>) {
  const told: string[] = [];
  const scrubber = new SecretScrubber();
  const access = await openAccess({ ...NOTHING, ...changes }, scrubber, (key) => told.push(key));
  return { access, told, scrubber };
}

it.each(['127.0.0.1', '::1', 'localhost'])('makes a key where nobody is known and only this machine reaches %s, tells it once, and logs it never', async (apiHost) => {
  const { access, told, scrubber } = await open({ apiHost });
  const [key = ''] = told;
  expect(told).toHaveLength(1);
  expect(findApiKey(access.apiKeys, key)).toEqual({ name: 'development', role: 'admin', kind: 'api-key' });
  expect(scrubber.scrub(`a log line with ${key}`)).toBe('a log line with [secret]');
});

it.each(['0.0.0.0', '::', '10.1.2.3', 'api.example.com'])('does not start where nobody is known and others reach %s', async (apiHost) => {
  await expect(open({ apiHost })).rejects.toMatchObject({ code: 'AUTH_NOT_CONFIGURED' });
  await expect(open({ apiHost, appApiToken: new Secret('x'.repeat(32)) })).rejects.toMatchObject({ code: 'AUTH_NOT_CONFIGURED' });
});

it('makes no key where somebody is known', async () => {
  expect((await open({ apiKeys: TEST_KEY_ENTRIES })).told).toEqual([]);
  const { access, told } = await open({ ...ISSUER, apiHost: '0.0.0.0' });
  expect([told, access.apiKeys]).toEqual([[], []]);
  expect(access.tokens).toBeDefined();
});

it.each<[string, Partial<AccessConfig>, string]>([
  ['an issuer without an audience', { oidcIssuer: ISSUER.oidcIssuer }, 'TRIBUTARY_OIDC_AUDIENCE'],
  ['an issuer over http', { ...ISSUER, oidcIssuer: 'http://login.example.com' }, 'TRIBUTARY_OIDC_ISSUER'],
  ['a map to a role that there is not', { ...ISSUER, oidcRoleMap: 'admins=root' }, 'TRIBUTARY_OIDC_ROLE_MAP'],
  ['a map without values', { ...ISSUER, oidcRoleMap: '=admin' }, 'TRIBUTARY_OIDC_ROLE_MAP'],
  ['a token of the sidecar that can be guessed', { appApiToken: new Secret('short') }, 'APP_API_TOKEN'],
])('does not start with %s', async (_, changes, variable) => {
  await expect(open(changes)).rejects.toMatchObject({ code: 'AUTH_SETTINGS_INVALID', message: expect.stringContaining(variable) as string });
});

describe('failed sign-ins', () => {
  it('are counted by address for a minute from the first', () => {
    let now = 0;
    const failures = new FailedSignIns(2, () => now);
    for (let i = 0; i < 3; i++) failures.add('10.0.0.1');
    failures.add('10.0.0.2');
    expect([failures.waitSeconds('10.0.0.1'), failures.waitSeconds('10.0.0.2'), failures.waitSeconds('10.0.0.3')]).toEqual([60, 0, 0]);
    now = 59_500;
    expect(failures.waitSeconds('10.0.0.1')).toBe(1);
    now = 60_000;
    expect(failures.waitSeconds('10.0.0.1')).toBe(0);
  });

  it('of one network of IPv6 are of one', () => {
    expect(networkOf('2001:db8:0:7::1')).toBe(networkOf('2001:0db8::7:ffff:0:0:1'));
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0');
    expect(networkOf('::1')).toBe('0:0:0:0');
    expect(networkOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0');
  });

  it('are remembered of so many addresses alone', () => {
    const failures = new FailedSignIns(0, () => 0);
    for (let i = 0; i < 10_001; i++) failures.add(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    expect(failures.waitSeconds('10.0.0.0')).toBe(0);
    expect(failures.waitSeconds('10.0.0.1')).toBe(60);
  });
});
