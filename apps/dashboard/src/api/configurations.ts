import { api, path, type RequestOptions } from './client.js';

export interface ConfigurationSummary {
  readonly name: string;
  readonly description?: string;
  /** Slug of a run type. */
  readonly runType: string;
}

export interface Configuration extends ConfigurationSummary {
  readonly input: unknown;
}

type Options = Pick<RequestOptions, 'signal'>;

/** The first 200, by name. */
export const listConfigurations = async (options?: Options): Promise<readonly ConfigurationSummary[]> =>
  (await api.get<{ readonly configurations: readonly ConfigurationSummary[] }>('/v1/configurations', { ...options, query: { pageSize: 200 } })).configurations;

export const getConfiguration = (name: string, options?: Options) => api.get<Configuration>(path`/v1/configurations/${name}`, options);
