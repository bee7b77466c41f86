import { readJson } from './layout.js';
import type { StackLayout } from './layout.js';

/** A token for Launchpad that a login has left. */
export interface LaunchpadToken {
  /** Service root that it was made for. */
  readonly serviceRoot: string;
  /** Application that it was made for. */
  readonly applicationName: string;
  /** For the secret store, under the name `launchpad`. */
  readonly secret: Readonly<Record<string, string>>;
}

/** The token that `launchpad-worker:login` has left; undefined where there was no login. */
export function launchpadToken({ launchpadToken: file }: Pick<StackLayout, 'launchpadToken'>): LaunchpadToken | undefined {
  const { launchpad } = readJson<{ launchpad?: Readonly<Record<string, unknown>> }>(file) ?? {};
  const { access_token, access_secret, service_root, application_name } = launchpad ?? {};
  if (typeof access_token !== 'string' || typeof access_secret !== 'string') return undefined;
  if (typeof service_root !== 'string' || typeof application_name !== 'string') return undefined;
  return { serviceRoot: service_root, applicationName: application_name, secret: { access_token, access_secret } };
}
