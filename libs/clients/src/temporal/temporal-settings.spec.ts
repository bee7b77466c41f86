import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { temporalSettings } from './temporal-settings.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-temporal-'));
  writeFileSync(join(folder, 'ca.pem'), 'CA');
  writeFileSync(join(folder, 'client.pem'), 'CERTIFICATE');
  writeFileSync(join(folder, 'client.key'), 'PRIVATE KEY');
  writeFileSync(
    join(folder, 'temporal.toml'),
    '[profile.default]\naddress = "from.file:7233"\nnamespace = "file"\n[profile.cloud]\naddress = "cloud:7233"\napi_key = "key-of-file"\n',
  );
});
afterAll(() => { rmSync(folder, { recursive: true }); });

const path = (name: string): string => join(folder, name);

describe('temporalSettings', () => {
  it('has the defaults of Temporal', () => {
    expect(temporalSettings({})).toEqual({ address: 'localhost:7233', namespace: 'default' });
  });

  it.each([
    [{ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: 'lab' }, { address: 'temporal:7233', namespace: 'lab' }],
    [{ TEMPORAL_HOST: 'temporal:7000' }, { address: 'temporal:7000', namespace: 'default' }],
    [{ TEMPORAL_HOST: 'a:1', TEMPORAL_ADDRESS: 'a:1' }, { address: 'a:1', namespace: 'default' }],
    [{ TEMPORAL_ADDRESS: 'temporal' }, { address: 'temporal:7233', namespace: 'default' }],
    [{ TEMPORAL_ADDRESS: '[::1]:7233' }, { address: '[::1]:7233', namespace: 'default' }],
    [{ TEMPORAL_ADDRESS: '', TEMPORAL_API_KEY: '' }, { address: 'localhost:7233', namespace: 'default' }],
    [{ TEMPORAL_TLS: 'true' }, { address: 'localhost:7233', namespace: 'default', tls: {} }],
    [{ TEMPORAL_TLS: 'false', TEMPORAL_TLS_SERVER_NAME: 'x' }, { address: 'localhost:7233', namespace: 'default' }],
    [{ TEMPORAL_TLS_SERVER_NAME: 'x' }, { address: 'localhost:7233', namespace: 'default', tls: { serverName: 'x' } }],
    [{ TEMPORAL_GRPC_META_X_TEAM: 'lab' }, { address: 'localhost:7233', namespace: 'default', metadata: { 'x-team': 'lab' } }],
  ])('reads %j', (env, expected) => {
    expect(temporalSettings(env)).toEqual(expected);
  });

  it('reads the profile of the configuration file, and variables over it', () => {
    const file = { TEMPORAL_CONFIG_FILE: path('temporal.toml') };
    expect(temporalSettings(file)).toEqual({ address: 'from.file:7233', namespace: 'file' });
    expect(temporalSettings({ ...file, TEMPORAL_NAMESPACE: 'env' })).toEqual({ address: 'from.file:7233', namespace: 'env' });
    expect(temporalSettings({ ...file, TEMPORAL_PROFILE: 'cloud' })).toMatchObject({ address: 'cloud:7233', tls: {} });
  });

  it('switches TLS on for an API key, which does not print', () => {
    const settings = temporalSettings({ TEMPORAL_API_KEY: 'key-4711' });
    expect(settings.tls).toEqual({});
    expect(settings.apiKey?.reveal()).toBe('key-4711');
    expect(`${inspect(settings, { depth: 9 })}${JSON.stringify(settings)}`).not.toContain('4711');
  });

  it('reads certificates from files or variables, and the client key does not print', () => {
    const settings = temporalSettings({
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: path('ca.pem'),
      TEMPORAL_TLS_CLIENT_CERT_PATH: path('client.pem'),
      TEMPORAL_TLS_CLIENT_KEY_DATA: 'PRIVATE KEY',
    });
    expect(settings.tls).toMatchObject({ serverCa: 'CA', client: { certificate: 'CERTIFICATE' } });
    expect(settings.tls?.client?.key.reveal()).toBe('PRIVATE KEY');
    expect(`${inspect(settings, { depth: 9 })}${JSON.stringify(settings)}`).not.toContain('PRIVATE');
  });

  it.each([
    ['two addresses', { TEMPORAL_HOST: 'a:1', TEMPORAL_ADDRESS: 'b:1' }, /TEMPORAL_HOST is a:1 and TEMPORAL_ADDRESS is b:1/],
    ['a scheme', { TEMPORAL_ADDRESS: 'https://temporal:7233' }, /allowed: host:port/],
    ['a port too high', { TEMPORAL_ADDRESS: 'temporal:70000' }, /temporal:70000/],
    ['an odd switch', { TEMPORAL_TLS: 'yes' }, /TEMPORAL_TLS is "yes"; allowed: true, false/],
    ['unchecked certificates', { TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: 'true' }, /not supported/],
    ['a certificate without its key', { TEMPORAL_TLS_CLIENT_CERT_DATA: 'X' }, /the key is missing/],
    ['a key without its certificate', { TEMPORAL_TLS_CLIENT_KEY_DATA: 'X' }, /the certificate is missing/],
    ['a file that is not there', { TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/nowhere/ca.pem' }, /\/nowhere\/ca\.pem \(ENOENT\)/],
    ['path and text at once', { TEMPORAL_TLS_CLIENT_CERT_PATH: 'x', TEMPORAL_TLS_CLIENT_CERT_DATA: 'X' }, /both client_cert_path and client_cert_data/],
    ['a configuration file that is not there', { TEMPORAL_CONFIG_FILE: '/nowhere/temporal.toml' }, /TEMPORAL_CONFIG_FILE cannot be read/],
  ])('refuses %s', (_, env, message) => {
    expect(() => temporalSettings(env)).toThrow(message);
    expect(() => temporalSettings(env)).toThrow(expect.objectContaining({ code: 'TEMPORAL_SETTINGS_INVALID' }) as Error);
  });

  it('refuses a profile that is not in the file', () => {
    const env = { TEMPORAL_CONFIG_FILE: path('temporal.toml'), TEMPORAL_PROFILE: 'nowhere' };
    expect(() => temporalSettings(env)).toThrow(/nowhere/);
  });

  it('does not repeat a credential that was put into the address', () => {
    const read = () => temporalSettings({ TEMPORAL_ADDRESS: 'user:hunter2@temporal:7233' });
    expect(read).toThrow(/TEMPORAL_ADDRESS/);
    expect(read).not.toThrow(/hunter2/);
  });
});
