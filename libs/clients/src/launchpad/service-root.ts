import { LAUNCHPAD_SERVICE_ROOT_INVALID } from './errors.js';

/** Versions of the web service that Launchpad serves. */
export const LAUNCHPAD_VERSIONS = ['devel', '1.0', 'beta'] as const;
export type LaunchpadVersion = (typeof LAUNCHPAD_VERSIONS)[number];

interface Roots {
  readonly service: string;
  readonly web: string;
}

const rootsOf = (domain: string, port = ''): Roots => {
  const scheme = port === '' ? 'https' : 'http';
  return { service: `${scheme}://api.${domain}${port}/`, web: `${scheme}://${domain}${port}/` };
};

/** Launchpad's instances under the names that launchpadlib gives them; `edge` is what production was also called once. */
const INSTANCES: ReadonlyMap<string, Roots> = new Map([
  ['production', rootsOf('launchpad.net')],
  ['edge', rootsOf('launchpad.net')],
  ['qastaging', rootsOf('qastaging.launchpad.net')],
  ['staging', rootsOf('staging.launchpad.net')],
  ['dogfood', rootsOf('dogfood.paddev.net')],
  ['dev', rootsOf('launchpad.test')],
  ['test_dev', rootsOf('launchpad.test', ':8085')],
]);

/** Names of Launchpad's instances. */
export const LAUNCHPAD_INSTANCES: readonly string[] = [...INSTANCES.keys()];

/**
 * URL of a service root, without version and with a slash at its end.
 * @param serviceRoot a name (`production`) or a URL
 * @throws CodedError LAUNCHPAD_SERVICE_ROOT_INVALID
 */
export function serviceRootUrl(serviceRoot: string): string {
  const named = INSTANCES.get(serviceRoot);
  if (named) return named.service;
  const url = parse(serviceRoot);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  const last = url.pathname.split('/').at(-2) ?? '';
  if ((LAUNCHPAD_VERSIONS as readonly string[]).includes(last)) {
    throw invalid(serviceRoot, `it ends in the version "${last}", which is an option of its own`);
  }
  return url.href;
}

/**
 * URL of the web site that belongs to a service root, where people authorize applications.
 * @param root a name, the URL of a service root, or the URL of a web site
 * @throws CodedError LAUNCHPAD_SERVICE_ROOT_INVALID
 */
export function webRootUrl(root: string): string {
  const named = INSTANCES.get(root);
  if (named) return named.web;
  const url = parse(root);
  return `${url.protocol}//${url.host.replace(/^api\./, '')}/`;
}

function parse(text: string): URL {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw invalid(text.includes('@') ? '…' : text, 'it is neither a known name nor a URL that begins with https:// or http://');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw invalid(url.host, 'it holds a user name or password');
  if (url.search !== '' || url.hash !== '') throw invalid(text, 'it has a query or a fragment');
  return url;
}

function invalid(serviceRoot: string, reason: string) {
  return LAUNCHPAD_SERVICE_ROOT_INVALID({ serviceRoot, reason, names: LAUNCHPAD_INSTANCES });
}
