import { api, path, type RequestOptions } from './client.js';
import { ifThere, onlyIf, type Saved } from './saved.js';

/** What an event has to be like; everything that is named has to be so. */
export interface EventMatch {
  readonly type?: string;
  readonly source?: string;
  readonly subject?: string;
  /** Values of its data, by JSON pointer. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A saved configuration, or a run type with its input. */
export type EventStart = { readonly configuration: string } | { readonly runType: string; readonly input: unknown };

/** What can be changed of a rule. */
export interface EventRuleBody {
  readonly description?: string;
  readonly topic: string;
  readonly match: EventMatch;
  readonly start: EventStart;
}

export interface EventRule extends EventRuleBody {
  readonly name: string;
  readonly etag: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface EventRulePage {
  readonly eventRules: readonly EventRule[];
  /** Topics that the API is subscribed to. */
  readonly topics: readonly string[];
  readonly nextPageToken?: string;
}

type Options = Pick<RequestOptions, 'signal'>;

export const pageOfEventRules = (pageToken: string | undefined, options?: Options) =>
  api.get<EventRulePage>('/v1/event-rules', { ...options, query: { pageSize: 200, pageToken } });

export const getEventRule = (name: string, options?: Options) => api.get<EventRule>(path`/v1/event-rules/${name}`, options);

/** What is saved now; undefined where it was deleted. */
export const savedEventRule = async (name: string): Promise<Saved<EventRuleBody> | undefined> => {
  const found = await ifThere(getEventRule(name));
  return found && { value: bodyOfRule(found), etag: found.etag };
};

/** @param etag version that is replaced; without it a new one is made */
export const putEventRule = (name: string, body: EventRuleBody, etag?: string) => api.put<EventRule>(path`/v1/event-rules/${name}`, body, { headers: onlyIf(etag) });

export const deleteEventRule = (name: string, etag: string) => api.delete<undefined>(path`/v1/event-rules/${name}`, { headers: onlyIf(etag) });

/** What can be changed of a rule that was read. */
export function bodyOfRule({ description, topic, match, start }: EventRule): EventRuleBody {
  return { ...(description === undefined ? {} : { description }), topic, match, start };
}
