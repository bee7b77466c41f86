import { readFileSync } from 'node:fs';
import { loadClientConfigProfile, type ClientConfigProfile, type ConfigDataSource } from '@temporalio/envconfig';
import { Secret } from '@tributary/common';
import { TEMPORAL_SETTINGS_INVALID } from './errors.js';

const DEFAULT_ADDRESS = 'localhost:7233';
const DEFAULT_NAMESPACE = 'default';

/** TLS towards the server; all absent is plain TLS with the system's authorities. PEM texts. */
export interface TemporalTls {
  readonly serverName?: string;
  /** Authority that the server's certificate is checked against. */
  readonly serverCa?: string;
  /** Certificate and key of this client: mutual TLS. */
  readonly client?: { readonly certificate: string; readonly key: Secret };
}

/** How to reach a Temporal server. */
export interface TemporalSettings {
  /** `host:port`. */
  readonly address: string;
  readonly namespace: string;
  readonly apiKey?: Secret;
  readonly tls?: TemporalTls;
  /** gRPC headers sent with every call. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The settings out of Temporal's own environment configuration: `TEMPORAL_*` variables over the profile of its TOML file;
 * `TEMPORAL_HOST` is an alias of `TEMPORAL_ADDRESS`. An API key alone switches TLS on, as in all Temporal tools.
 * @throws CodedError TEMPORAL_SETTINGS_INVALID for what the environment configuration would pass over in silence
 */
export function temporalSettings(env: Readonly<Record<string, string | undefined>>): TemporalSettings {
  const variables = withAlias(env);
  assertNothingIgnored(variables);
  const profile = loadProfile(variables);
  const { apiKey, grpcMeta } = profile;
  const tls = tlsOf(profile);
  const address = profile.address ?? DEFAULT_ADDRESS;
  assertAddress(address);
  return {
    address: /:\d+$/.test(address) ? address : `${address}:7233`,
    namespace: profile.namespace ?? DEFAULT_NAMESPACE,
    ...(apiKey === undefined ? {} : { apiKey: new Secret(apiKey) }),
    ...(tls ? { tls } : {}),
    ...(grpcMeta && Object.keys(grpcMeta).length > 0 ? { metadata: grpcMeta } : {}),
  };
}

function withAlias(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const variables = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[0].startsWith('TEMPORAL_') && entry[1] !== '' && entry[1] !== undefined),
  );
  const { TEMPORAL_HOST: host, TEMPORAL_ADDRESS: address } = variables;
  if (host !== undefined && address !== undefined && host !== address) {
    throw invalid(`TEMPORAL_HOST is ${host} and TEMPORAL_ADDRESS is ${address}; set one of them`);
  }
  if (host !== undefined) variables['TEMPORAL_ADDRESS'] = host;
  for (const name of ['HOME', 'XDG_CONFIG_HOME', 'APPDATA']) {
    const value = env[name];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}

function assertNothingIgnored(variables: Record<string, string>): void {
  const file = variables['TEMPORAL_CONFIG_FILE'];
  if (file !== undefined) readText({ path: file }, 'TEMPORAL_CONFIG_FILE');
  const tls = variables['TEMPORAL_TLS'];
  if (tls !== undefined && !['1', '0', 'true', 'false'].includes(tls)) throw invalid(`TEMPORAL_TLS is "${tls}"; allowed: true, false`);
  const unchecked = variables['TEMPORAL_TLS_DISABLE_HOST_VERIFICATION'];
  if (unchecked === '1' || unchecked === 'true') {
    throw invalid('TEMPORAL_TLS_DISABLE_HOST_VERIFICATION is not supported; set TEMPORAL_TLS_SERVER_NAME to the name in the certificate');
  }
}

function loadProfile(variables: Record<string, string>): ClientConfigProfile {
  try {
    return loadClientConfigProfile({ overrideEnvVars: variables });
  } catch (error) {
    throw TEMPORAL_SETTINGS_INVALID({ reason: (error as Error).message.replace(/\s+/g, ' ').slice(0, 300) }, { cause: error });
  }
}

function tlsOf({ tls, apiKey }: ClientConfigProfile): TemporalTls | undefined {
  if (tls?.disabled === true) return undefined;
  if (!tls) return apiKey === undefined ? undefined : {};
  const certificate = readText(tls.clientCert, 'the client certificate');
  const key = readText(tls.clientKey, 'the client key');
  const serverCa = readText(tls.serverCACert, 'the certificate of the authority');
  if ((certificate === undefined) !== (key === undefined)) {
    throw invalid(`mutual TLS needs a client certificate and its key, but ${key === undefined ? 'the key' : 'the certificate'} is missing`);
  }
  return {
    ...(tls.serverName === undefined ? {} : { serverName: tls.serverName }),
    ...(serverCa === undefined ? {} : { serverCa }),
    ...(certificate === undefined || key === undefined ? {} : { client: { certificate, key: new Secret(key) } }),
  };
}

function readText(source: ConfigDataSource | undefined, what: string): string | undefined {
  if (!source) return undefined;
  if ('data' in source) return typeof source.data === 'string' ? source.data : Buffer.from(source.data).toString();
  try {
    return readFileSync(source.path, 'utf8');
  } catch (error) {
    throw invalid(`${what} cannot be read from ${source.path} (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
}

function assertAddress(address: string): void {
  const match = /^(?:\[[0-9a-fA-F:.]+\]|[^\s:/@]+)(?::(\d{1,5}))?$/.exec(address);
  const port = Number(match?.[1] ?? 7233);
  if (!match || port < 1 || port > 65_535) throw invalid(`TEMPORAL_ADDRESS is "${address.replace(/^.*@/, '…@')}"; allowed: host:port without a scheme`);
}

function invalid(reason: string): Error {
  return TEMPORAL_SETTINGS_INVALID({ reason });
}
