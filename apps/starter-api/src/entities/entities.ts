import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { isCodedError, toProblemDetails, type SecretRef } from '@tributary/common';
import { entityClient, type ChildEntry, type EntityHealth, type EntityProgress, type EntityRef, type StatePage, type StateQuestion } from '@tributary/stateful-workflow/client';
import { RUN_UNKNOWN } from '../errors.js';
import { scrubbed } from '../problems/error-handler.js';
import { runStatusOf } from '../runs/run-status.js';
import { temporalCall } from '../runs/temporal-call.js';
import type { ApiServices } from '../services.js';
import { entityQuery, entityUpdate } from './entity-call.js';
import { entityLinks } from './entity-links.js';
import type { EntityType } from './entity-types.js';
import { ENTITY_ACTION_UNKNOWN, ENTITY_CLOSED, ENTITY_RUNNING, ENTITY_UNKNOWN, ENTITY_VIEW_UNKNOWN } from './errors.js';
import type { Entity, EntitySummary, StartEntity } from './schemas.js';

type AnyRef = EntityRef<never, never, Readonly<Record<string, never>>, never>;

/** What an entity may be asked for besides its actions. */
export type EntityChange =
  | { readonly kind: 'pause' | 'resume' }
  | { readonly kind: 'load'; readonly loader?: string | undefined }
  | { readonly kind: 'apiToken'; readonly reference: SecretRef; readonly minVersion?: number | undefined }
  | { readonly kind: 'apiUrl'; readonly url: string | null };

/** Live entities, by type and id. Every workflow that is no entity of its type does not exist here. */
export class Entities {
  constructor(private readonly services: Pick<ApiServices, 'client' | 'ui' | 'scrubber'>) {}

  /** @throws CodedError ENTITY_RUNNING, STATEFUL_MESSAGE_INVALID, PAYLOAD_TOO_LARGE, API_TEMPORAL_UNAVAILABLE */
  async start(type: EntityType, { entity, apiToken, apiUrl }: StartEntity): Promise<EntitySummary> {
    const { id } = entity;
    const order = { entity, ...(apiToken === undefined ? {} : { apiToken }), ...(apiUrl === undefined ? {} : { apiUrl }) };
    const isNew = await temporalCall(this.client, () => this.ref(type, id).start(order as never));
    if (!isNew) throw ENTITY_RUNNING({ type: type.slug, id });
    return this.summary(type, id, await this.describe(type, id));
  }

  /** The entity with how it is doing, or why that is not known. @throws CodedError ENTITY_UNKNOWN, API_TEMPORAL_UNAVAILABLE */
  async read(type: EntityType, id: string): Promise<Entity> {
    const description = await this.describe(type, id);
    const ref = this.ref(type, id);
    const [progress, health] = await Promise.allSettled([
      entityQuery(this.client, type, () => ref.progress()),
      entityQuery(this.client, type, () => ref.health()),
    ]);
    const shown = this.summary(type, id, description);
    const failed = [progress, health].find((each) => each.status === 'rejected');
    if (failed) return scrubbed({ ...shown, unavailable: toProblemDetails(failed.reason) }, this.services.scrubber);
    const answers = { progress: (progress as { value: EntityProgress }).value, health: (health as { value: EntityHealth }).value };
    return scrubbed({ ...shown, ...answers } as unknown as Entity, this.services.scrubber);
  }

  /** @throws CodedError ENTITY_UNKNOWN, ENTITY_UNAVAILABLE, API_TEMPORAL_UNAVAILABLE */
  async state(type: EntityType, id: string, question: StateQuestion): Promise<StatePage> {
    return this.query(type, id, 'state', question);
  }

  /** In order of workflow id. @throws what `state` throws */
  async children(type: EntityType, id: string, question: { readonly after?: string; readonly limit: number }): Promise<readonly ChildEntry[]> {
    return this.query(type, id, 'children', question);
  }

  /** @throws CodedError ENTITY_VIEW_UNKNOWN, and what `state` throws */
  async view(type: EntityType, id: string, view: string): Promise<unknown> {
    const { views } = type.definition;
    if (!Object.hasOwn(views, view)) throw ENTITY_VIEW_UNKNOWN({ type: type.slug, known: namesOf(views) });
    return (await this.query<unknown>(type, id, view)) ?? null;
  }

  /**
   * Runs an action, and answers with its result when it has taken effect. With the id of an earlier call it is answered
   * as that one was.
   * @throws CodedError ENTITY_ACTION_UNKNOWN, ENTITY_CLOSED, ENTITY_ANSWER_LATE; of the refusal
   */
  async act(type: EntityType, id: string, action: string, input: object, callId: string | undefined): Promise<unknown> {
    const { actions } = type.definition;
    if (!Object.hasOwn(actions, action)) throw ENTITY_ACTION_UNKNOWN({ type: type.slug, known: namesOf(actions) });
    const ref = await this.running(type, id);
    const call = (ref.actions as Readonly<Record<string, (input: object, options?: { id: string }) => Promise<unknown>>>)[action];
    const result = await entityUpdate(this.client, type, async () => call?.(input, callId === undefined ? undefined : { id: callId }));
    return result ?? null;
  }

  /** Answers when it has taken effect. @throws CodedError ENTITY_UNKNOWN, ENTITY_CLOSED, ENTITY_ANSWER_LATE; of the refusal */
  async change(type: EntityType, id: string, change: EntityChange): Promise<void> {
    const ref = await this.running(type, id);
    await entityUpdate(this.client, type, () => changing(ref, change));
  }

  /** Asks it to end, with its children as declared; answers at once. @throws CodedError ENTITY_UNKNOWN, ENTITY_CLOSED */
  async cancel(type: EntityType, id: string): Promise<EntitySummary> {
    const ref = await this.running(type, id);
    await temporalCall(this.client, () => ref.cancel());
    return this.summary(type, id, await this.describe(type, id));
  }

  /** @throws CodedError ENTITY_UNKNOWN, API_TEMPORAL_UNAVAILABLE */
  async describe(type: EntityType, id: string): Promise<WorkflowExecutionDescription> {
    const { client } = this;
    try {
      const description = await temporalCall(client, () => this.ref(type, id).handle.describe());
      if (description.type === type.definition.name) return description;
    } catch (error) {
      if (!isCodedError(error) || error.code !== RUN_UNKNOWN.code) throw error;
    }
    throw ENTITY_UNKNOWN({ type: type.slug });
  }

  /** Asks an entity that is known to be there. @throws CodedError ENTITY_UNKNOWN, ENTITY_UNAVAILABLE */
  async ask<R>(type: EntityType, id: string, name: string, question?: object): Promise<R> {
    const { handle } = this.ref(type, id);
    return entityQuery(this.client, type, () => (question === undefined ? handle.query<R>(name) : handle.query<R, [object]>(name, question)));
  }

  private async query<R>(type: EntityType, id: string, name: string, question?: object): Promise<R> {
    await this.describe(type, id);
    return this.ask<R>(type, id, name, question);
  }

  private async running(type: EntityType, id: string): Promise<AnyRef> {
    const { status } = await this.describe(type, id);
    if (runStatusOf(status.name) !== 'running') throw ENTITY_CLOSED({ type: type.slug });
    return this.ref(type, id);
  }

  private summary({ slug }: EntityType, id: string, { workflowId, runId, status, startTime, closeTime }: WorkflowExecutionDescription): EntitySummary {
    return {
      type: slug,
      id,
      workflowId,
      runId,
      status: runStatusOf(status.name),
      startTime: startTime.toISOString(),
      ...(closeTime ? { closeTime: closeTime.toISOString() } : {}),
      links: entityLinks(slug, id, { workflowId, runId }, this.services.ui),
    };
  }

  private ref({ definition, taskQueue }: EntityType, id: string): AnyRef {
    return entityClient(this.client, definition, { taskQueue }).ref(id) as unknown as AnyRef;
  }

  private get client(): Client {
    return this.services.client;
  }
}

function changing(ref: AnyRef, change: EntityChange): Promise<void> {
  switch (change.kind) {
    case 'pause':
      return ref.pause();
    case 'resume':
      return ref.resume();
    case 'load':
      return ref.load(change.loader);
    case 'apiToken':
      return ref.apiToken.rotate({ ref: change.reference, ...(change.minVersion === undefined ? {} : { minVersion: change.minVersion }) });
    case 'apiUrl':
      return change.url === null ? ref.apiUrl.inherit() : ref.apiUrl.set(change.url);
  }
}

function namesOf(parts: object): readonly string[] {
  const names = Object.keys(parts);
  return names.length > 0 ? names : ['none'];
}
