import { api, CALLER_PATH, type RequestOptions } from './client.js';

export const ROLES = ['viewer', 'operator', 'admin'] as const;

/** Who the API says one is. */
export interface Caller {
  readonly name: string;
  readonly role: (typeof ROLES)[number];
  readonly kind: 'api-key' | 'oidc';
  /** Ids of the operations that the role may call. */
  readonly operations: readonly string[];
}

export const getCaller = (options?: Pick<RequestOptions, 'signal' | 'key'>) => api.get<Caller>(CALLER_PATH, options);
