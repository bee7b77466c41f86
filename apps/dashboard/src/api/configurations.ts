import { api, path, type RequestOptions } from './client.js';
import { ifThere, onlyIf, type Saved } from './saved.js';
import type { RunStarted } from './types.js';

export interface ConfigurationSummary {
  readonly name: string;
  readonly description?: string;
  /** Slug of a run type. */
  readonly runType: string;
  readonly etag: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What can be changed of a configuration. */
export interface ConfigurationBody {
  readonly description?: string;
  readonly runType: string;
  readonly input: unknown;
}

export type Configuration = ConfigurationSummary & ConfigurationBody;

/** What names of saved things are made of. */
export const SAVED_NAME = '[a-z0-9]([a-z0-9\\-]{0,62}[a-z0-9])?';

type Options = Pick<RequestOptions, 'signal'>;

export const pageOfConfigurations = (pageToken: string | undefined, options?: Options) =>
  api.get<{ readonly configurations: readonly ConfigurationSummary[]; readonly nextPageToken?: string }>('/v1/configurations', { ...options, query: { pageSize: 200, pageToken } });

/** The first 200, by name. */
export const listConfigurations = async (options?: Options): Promise<readonly ConfigurationSummary[]> => (await pageOfConfigurations(undefined, options)).configurations;

export const getConfiguration = (name: string, options?: Options) => api.get<Configuration>(path`/v1/configurations/${name}`, options);

/** What is saved now; undefined where it was deleted. */
export const savedConfiguration = async (name: string): Promise<Saved<ConfigurationBody> | undefined> => {
  const found = await ifThere(getConfiguration(name));
  return found && { value: bodyOf(found), etag: found.etag };
};

/** @param etag version that is replaced; without it a new one is made */
export const putConfiguration = (name: string, body: ConfigurationBody, etag?: string) =>
  api.put<Configuration>(path`/v1/configurations/${name}`, body, { headers: onlyIf(etag) });

export const deleteConfiguration = (name: string, etag: string) => api.delete<undefined>(path`/v1/configurations/${name}`, { headers: onlyIf(etag) });

/** @param idempotencyKey the same key again starts nothing new */
export const startConfiguration = (name: string, idempotencyKey: string) =>
  api.post<RunStarted>(path`/v1/configurations/${name}/start`, undefined, { headers: { 'idempotency-key': idempotencyKey } });

/** What can be changed of a configuration that was read. */
export function bodyOf({ description, runType, input }: Configuration): ConfigurationBody {
  return { ...(description === undefined ? {} : { description }), runType, input };
}
