import { apiKeyEntry, bearer, newApiKey } from '@tributary/dev/api-key';
import { launchBuiltApp, type BuiltAppOptions, type LaunchedApp } from './built-app.js';

/** The built API as a process of its own, with a key that only this test has. */
export interface BuiltApi extends LaunchedApp {
  /** Of role admin. */
  readonly key: string;
  /** Fetches a path with the key. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

type BuiltApiOptions = Pick<BuiltAppOptions, 'environment' | 'logFile'>;

/** Starts `apps/starter-api/dist/main.js` and waits until /readyz says yes. */
export async function startBuiltApi(options: BuiltApiOptions): Promise<BuiltApi> {
  const app = await launchBuiltApi(options);
  try {
    await app.ready();
  } catch (error) {
    await app.kill();
    throw error;
  }
  return app;
}

/** Starts `apps/starter-api/dist/main.js` and waits for nothing. */
export async function launchBuiltApi({ environment, logFile }: BuiltApiOptions): Promise<BuiltApi> {
  const key = newApiKey();
  const app = await launchBuiltApp('starter-api', {
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
