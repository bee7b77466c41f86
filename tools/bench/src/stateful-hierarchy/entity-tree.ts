import { entityClient } from '@tributary/stateful-workflow/client';
import { waitFor } from '@tributary/testing/stack';
import { QUEUE, type Bed } from './bed.js';
import { inLanes } from './lanes.js';
import { groupWorkflow, loadingGroupWorkflow, memberWorkflow, NOTICE } from './world.js';

const REFERENCE = 'secret://local/api#token';
const SETTLE_MS = 300_000;

/** A group of entities as the framework runs it. `loading`: its members load with the group's credential. */
export class EntityTree {
  readonly members: readonly string[];
  readonly prefix: string;

  constructor(
    private readonly bed: Bed,
    readonly size: number,
    private readonly loading = false,
  ) {
    this.prefix = `${loading ? 'loading' : 'entities'}-${String(size)}/`;
    this.members = this.ids.map((id) => this.member(id).workflowId);
  }

  get ids(): string[] {
    return Array.from({ length: this.size }, (_, index) => String(index));
  }

  get group() {
    return entityClient(this.bed.client, groupWorkflow, this.#options).ref('group');
  }

  member(id: string) {
    return entityClient(this.bed.client, memberWorkflow, this.#options).ref(id);
  }

  start(): Promise<number> {
    const members = this.ids.map((id) => ({ id, value: 0, notices: [NOTICE] }));
    const start = { entity: { id: 'group', members }, apiToken: REFERENCE };
    const group = this.loading ? entityClient(this.bed.client, loadingGroupWorkflow, this.#options).ref('group') : this.group;
    return this.bed.sightings.time('state', this.members, () => group.start(start));
  }

  /** One member changes by way of the parent. */
  down(index: number, value: number): Promise<number> {
    const id = String(index % this.size);
    return this.bed.sightings.time('signal', [this.member(id).workflowId], () => this.group.actions.setOne({ id, value }));
  }

  /** One member changes, and the parent hears of it. */
  up(index: number, value: number): Promise<number> {
    const { actions } = this.member(String(index % this.size));
    return this.bed.sightings.time('signal', [this.group.workflowId], () => actions.set({ value }));
  }

  /** Something changes that all members see. */
  all(value: number): Promise<number> {
    return this.bed.sightings.time('signal', this.members, () => this.group.actions.setAll({ value }));
  }

  rotate(credential: Parameters<ReturnType<typeof this.member>['apiToken']['rotate']>[0]): Promise<number> {
    return this.bed.sightings.time('signal', this.members, () => this.group.apiToken.rotate(credential));
  }

  /** Each member loads; ends when all have. */
  async load(): Promise<void> {
    this.bed.loads.clear();
    const { client } = this.bed;
    await inLanes(this.members, (id) => client.workflow.getHandle(id).signal('load', 'value'));
    await waitFor('all loads', () => this.bed.loads.size === this.size, SETTLE_MS);
    let before = -1;
    await waitFor('the histories of all members to rest', async () => before === (before = await this.memberEvents()), SETTLE_MS, 500);
  }

  /** Waits until the group knows its members to run, and nothing is on the way. */
  async settle(): Promise<void> {
    const isSettled = async (): Promise<boolean> => {
      const { children, linksBehind } = await this.group.progress();
      return children.running === this.size && linksBehind === 0;
    };
    await waitFor('the group to settle', () => isSettled().catch(unlessStarting), SETTLE_MS, 250);
    let before = -1;
    await waitFor('its history to rest', async () => before === (before = await this.events()), SETTLE_MS, 500);
  }

  /** Values of the notice that members have. */
  async notices(): Promise<Set<unknown>> {
    const found = new Set<unknown>();
    await inLanes(this.ids, async (id) => found.add((await this.member(id).state()).Notice?.[NOTICE]?.value));
    return found;
  }

  async events(): Promise<number> {
    return (await this.group.handle.describe()).historyLength;
  }

  /** Events of all members together. */
  async memberEvents(): Promise<number> {
    let sum = 0;
    await inLanes(this.ids, async (id) => {
      const { historyLength } = await this.member(id).handle.describe();
      sum += historyLength;
    });
    return sum;
  }

  async end(): Promise<void> {
    await inLanes([this.group.workflowId, ...this.members], (id) => this.bed.client.workflow.getHandle(id).terminate('the benchmark is over'));
  }

  get #options() {
    return { taskQueue: QUEUE, prefix: this.prefix, encrypted: true };
  }
}

function unlessStarting(error: unknown): false {
  if (error instanceof Error && error.message.includes('STATEFUL_STARTING')) return false;
  throw error;
}
