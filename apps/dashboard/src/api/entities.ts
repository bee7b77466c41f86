import type { JsonSchema } from '../form/json-schema.js';
import { api, path, type RequestOptions } from './client.js';
import type { Problem } from './problem.js';
import type { RunStatus } from './types.js';

/** A kind of live entity, with what it takes to start one and to send it actions. */
export interface EntityType {
  /** Segment of the paths of its entities. */
  readonly type: string;
  readonly title: string;
  /** Type within the model; several types may stand for one. */
  readonly entity: string;
  readonly start: JsonSchema;
  readonly actions: readonly { readonly name: string; readonly input: JsonSchema }[];
  readonly views: readonly string[];
  readonly loaders: readonly string[];
}

export interface EntitySummary {
  readonly type: string;
  readonly id: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly status: RunStatus;
  /** RFC 3339. */
  readonly startTime: string;
  readonly closeTime?: string;
  readonly links: { readonly self: string; readonly temporalUi?: string };
}

/** Where a loader stands; times are milliseconds since 1970. */
export interface EntityLoad {
  readonly requestedEpoch: number;
  readonly loadedEpoch: number;
  readonly running?: { readonly since: number };
  readonly notBefore: number;
  readonly nextAt?: number;
  readonly failures: number;
  readonly error?: { readonly code?: string; readonly message?: string; readonly at: number };
  readonly awaitingRotation: boolean;
  readonly loadedAt?: number;
}

export interface EntityHealth {
  readonly status: string;
  readonly owners: readonly string[];
  readonly credential: { readonly kind: string; readonly ref?: string; readonly version?: number };
  readonly apiUrl?: string;
  readonly loads: Readonly<Record<string, EntityLoad>>;
  readonly children: Readonly<Record<string, number>>;
  readonly linksBehind: number;
  readonly held: number;
  readonly deadLetters: readonly unknown[];
  readonly problems: readonly unknown[];
}

export interface EntityProgress {
  /** loading, live, degraded, paused or closing. */
  readonly phase: string;
  readonly loads: { readonly done: number; readonly total: number; readonly failing: number };
  readonly children: { readonly running: number; readonly total: number };
  readonly linksBehind: number;
}

export interface Entity extends EntitySummary {
  readonly progress?: EntityProgress;
  readonly health?: EntityHealth;
  readonly unavailable?: Problem;
}

export interface EntityChild {
  readonly workflow: string;
  /** Type within the model. */
  readonly type: string;
  readonly id: string;
  readonly relation: string;
  /** starting, running, waiting or ended. */
  readonly status: string;
  readonly failures: number;
  readonly error?: string;
}

/** Fields of entities, by type and id. */
export type EntityFields = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

interface Page {
  readonly nextPageToken?: string;
}

type Options = Pick<RequestOptions, 'signal'>;

export const listEntityTypes = async (options?: Options): Promise<readonly EntityType[]> =>
  (await api.get<{ entityTypes: readonly EntityType[] }>('/v1/entity-types', options)).entityTypes;

export const listEntities = (type: string, pageToken: string | undefined, options?: Options) =>
  api.get<{ entities: readonly EntitySummary[] } & Page>('/v1/entities', { ...options, query: { type, status: 'running', pageSize: 100, pageToken } });

export const getEntity = (type: string, id: string, options?: Options) => api.get<Entity>(path`/v1/entities/${type}/${id}`, options);

export const listChildren = (type: string, id: string, pageToken: string | undefined, options?: Options) =>
  api.get<{ children: readonly EntityChild[] } & Page>(path`/v1/entities/${type}/${id}/children`, { ...options, query: { pageSize: 200, pageToken } });

/** What an entity knows: of itself, and of those of another type. */
export const readState = (type: string, id: string, entity: string, pageToken: string | undefined, options?: Options) =>
  api.get<{ entities: EntityFields } & Page>(path`/v1/entities/${type}/${id}/state`, { ...options, query: { entity, pageToken } });

export const startEntity = (type: string, body: unknown) => api.post<EntitySummary>(path`/v1/entities/${type}`, body);

export const runAction = (type: string, id: string, action: string, input: unknown) => api.post<unknown>(path`/v1/entities/${type}/${id}/actions/${action}`, input);

export const pauseEntity = (type: string, id: string) => api.post<undefined>(path`/v1/entities/${type}/${id}/pause`);

export const resumeEntity = (type: string, id: string) => api.post<undefined>(path`/v1/entities/${type}/${id}/resume`);

/** @param loader all without it */
export const loadEntity = (type: string, id: string, loader: string | undefined) => api.post<undefined>(path`/v1/entities/${type}/${id}/load`, loader === undefined ? {} : { loader });

export const cancelEntity = (type: string, id: string) => api.post<undefined>(path`/v1/entities/${type}/${id}/cancel`);

/** @param reference secret://<store>/<name>[#key] */
export const rotateCredential = (type: string, id: string, reference: string) => api.put<undefined>(path`/v1/entities/${type}/${id}/api-token`, { reference });
