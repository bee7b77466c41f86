import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { authorize, type LaunchpadCredentials, type LaunchpadPermission } from '@tributary/clients/launchpad';
import { loadConfig } from '@tributary/common/config';
import { loginSchema } from '../config.js';
import { COMMAND_USAGE } from '../errors.js';

const PERMISSIONS: readonly LaunchpadPermission[] = ['READ_PUBLIC', 'READ_PRIVATE', 'WRITE_PUBLIC', 'WRITE_PRIVATE'];
const FORMATS = ['dapr', 'kubernetes'] as const;
const USAGE =
  'login [--service-root production] [--permission READ_PUBLIC|READ_PRIVATE] [--application NAME] --output FILE [--format dapr|kubernetes]';
const OWNER_ONLY = 0o600;

export interface LoginOptions {
  readonly serviceRoot: string;
  readonly applicationName: string;
  readonly permission: LaunchpadPermission;
  readonly output: string;
  readonly format: (typeof FORMATS)[number];
}

/**
 * `login`: has a person grant access in a browser, and writes the token to a file that its owner alone may read. It is
 * never printed.
 * @throws CodedError COMMAND_USAGE; LAUNCHPAD_AUTHORIZATION_REFUSED, LAUNCHPAD_AUTHORIZATION_TIMEOUT, …
 */
export async function login(args: readonly string[], env: NodeJS.ProcessEnv, print: (text: string) => void): Promise<void> {
  const options = parseLoginOptions(args, env);
  const { serviceRoot, applicationName, permission, output } = options;
  const credentials = await authorize({
    webRoot: serviceRoot,
    applicationName,
    permission,
    onUrl: (url) => {
      print(`Open this address in a browser, sign in to Launchpad, and let "${applicationName}" in:\n\n  ${url}\n\nWaiting …`);
    },
  });
  writeToken(options, credentials);
  print(`The token for ${serviceRoot} is in ${resolve(output)}, which you alone may read.`);
}

/** @throws CodedError COMMAND_USAGE, CONFIG_INVALID */
export function parseLoginOptions(args: readonly string[], env: NodeJS.ProcessEnv): LoginOptions {
  // The rest of the worker's environment may be there too.
  const config = loadConfig(loginSchema, { LP_APP_ID: env['LP_APP_ID'], LAUNCHPAD_SERVICE_ROOT: env['LAUNCHPAD_SERVICE_ROOT'] });
  const { output, ...values } = parsed(args);
  const permission = PERMISSIONS.find((known) => known === (values.permission ?? 'READ_PRIVATE'));
  if (!permission) throw COMMAND_USAGE({ problem: `--permission is none of ${PERMISSIONS.join(', ')}`, usage: USAGE });
  const format = FORMATS.find((known) => known === (values.format ?? 'dapr'));
  if (!format) throw COMMAND_USAGE({ problem: `--format is none of ${FORMATS.join(', ')}`, usage: USAGE });
  if (output === undefined || output === '') throw COMMAND_USAGE({ problem: '--output is missing: the token is written to a file', usage: USAGE });
  return {
    serviceRoot: values['service-root'] ?? config.serviceRoot,
    applicationName: values.application ?? config.applicationName,
    permission,
    output,
    format,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { 'service-root': text, application: text, permission: text, output: text, format: text },
    }).values;
  } catch (error) {
    throw COMMAND_USAGE({ problem: (error as Error).message, usage: USAGE }, { cause: error });
  }
}

/** Writes it whole or not at all, to a file that is never readable for others. */
function writeToken({ output, ...options }: LoginOptions, credentials: LaunchpadCredentials): void {
  mkdirSync(dirname(resolve(output)), { recursive: true });
  const fresh = `${output}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(tokenFile(options, credentials), null, 2)}\n`, { mode: OWNER_ONLY, flag: 'wx' });
  renameSync(fresh, output);
}

/** As Dapr's secret store on a local file reads it, under the name `launchpad`; or the manifest of a Kubernetes Secret. */
function tokenFile({ serviceRoot, applicationName, format }: Omit<LoginOptions, 'output'>, { accessToken, accessSecret }: LaunchpadCredentials): object {
  const secret = {
    access_token: accessToken.reveal(),
    access_secret: accessSecret.reveal(),
    // What the token is good for: it opens nothing elsewhere.
    service_root: serviceRoot,
    application_name: applicationName,
  };
  if (format === 'dapr') return { launchpad: secret };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'launchpad' }, type: 'Opaque', stringData: secret };
}
