import { randomBytes } from 'node:crypto';
import { apiKeyEntry, newApiKey } from '../api-key.js';
import { readJson } from './layout.js';
import type { StackLayout } from './layout.js';
import { writePrivateJson } from './private-file.js';

const TOKEN_BYTES = 32;

/** Key of the stack's API: made once and kept, so that scripts and pages that have it go on working at the next start. */
export function apiKey({ apiKey: file }: Pick<StackLayout, 'apiKey'>): string {
  const kept = readJson<{ key?: unknown }>(file)?.key;
  if (typeof kept === 'string' && /^trib_[\w-]{43}$/.test(kept)) return kept;
  const key = newApiKey();
  writePrivateJson(file, { key });
  return key;
}

/** What the API of the stack has to know. */
export interface ApiCredentials {
  readonly apiKey: string;
  /** By which it knows the calls of its sidecar. */
  readonly appToken: string;
}

/** The key of the stack, and a token for as long as a sidecar and its app run. */
export function apiCredentials(layout: Pick<StackLayout, 'apiKey'>): ApiCredentials {
  return { apiKey: apiKey(layout), appToken: randomBytes(TOKEN_BYTES).toString('hex') };
}

/** Environment of the API: of the key it gets the hash, beside the keys that the user has set. */
export function apiEnvironment({ apiKey: key, appToken }: ApiCredentials, given: string | undefined): Record<string, string> {
  return { TRIBUTARY_API_KEYS: [apiKeyEntry(key, 'stack', 'admin'), given].filter(Boolean).join(','), APP_API_TOKEN: appToken };
}

/** The page of the API, with the key where no server sees it: the page takes it out of its address. */
export function dashboardLink(url: string, layout: Pick<StackLayout, 'apiKey'>): string {
  return `${url}/#key=${apiKey(layout)}`;
}
