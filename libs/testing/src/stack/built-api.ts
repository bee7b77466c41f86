import { apiKeyEntry, bearer, newApiKey } from '@tributary/dev/api-key';
import { startBuiltApp, type BuiltApp, type BuiltAppOptions } from './built-app.js';

/** The built API as a process of its own, with a key that only this test has. */
export interface BuiltApi extends BuiltApp {
  /** Of role admin. */
  readonly key: string;
  /** Fetches a path with the key. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** Starts `apps/starter-api/dist/main.js` and waits until /readyz says yes. */
export async function startBuiltApi({ environment, logFile }: Pick<BuiltAppOptions, 'environment' | 'logFile'>): Promise<BuiltApi> {
  const key = newApiKey();
  const app = await startBuiltApp('starter-api', {
    environment: { ...environment, TRIBUTARY_API_KEYS: apiKeyEntry(key, 'test', 'admin') },
    portVariable: 'TRIBUTARY_API_PORT',
    logFile,
  });
  const headers = bearer(key);
  return {
    ...app,
    key,
    headers,
    fetch: (path, init) => fetch(`${app.url}${path}`, { ...init, headers: { ...headers, ...(init?.headers as Record<string, string> | undefined) } }),
  };
}
