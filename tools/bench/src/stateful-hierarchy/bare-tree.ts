import { QUEUE, type Bed } from './bed.js';
import { BareGroup, SET } from './bare-workflows.js';
import { inLanes } from './lanes.js';

/** A parent with children of a few lines each, and the bare calls that reach them. */
export class BareTree {
  readonly members: readonly string[];
  readonly group: string;

  constructor(
    private readonly bed: Bed,
    readonly size: number,
  ) {
    this.group = `bare-${String(size)}`;
    this.members = Array.from({ length: size }, (_, index) => `${this.group}/${String(index)}`);
  }

  start(): Promise<number> {
    const { client, sightings } = this.bed;
    return sightings.time('start', this.members, () =>
      client.workflow.start(BareGroup, { taskQueue: QUEUE, workflowId: this.group, args: [this.members] }),
    );
  }

  /** One member changes by way of the parent. */
  down(index: number, value: number): Promise<number> {
    const member = this.members[index % this.size] ?? '';
    return this.bed.sightings.time('signal', [member], () => this.#update(this.group, 'setOne', member, value));
  }

  /** One member changes, and the parent hears of it. */
  up(index: number, value: number): Promise<number> {
    const member = this.members[index % this.size] ?? '';
    return this.bed.sightings.time('signal', [this.group], () => this.#update(member, 'raise', this.group, value));
  }

  /** All members are told by the parent. */
  allByParent(value: number): Promise<number> {
    return this.bed.sightings.time('signal', this.members, () => this.#update(this.group, 'setAll', value));
  }

  /** All members are told by a client. */
  allByClient(value: number | string): Promise<number> {
    const { client, sightings } = this.bed;
    return sightings.time('signal', this.members, () => inLanes(this.members, (id) => client.workflow.getHandle(id).signal(SET, value)));
  }

  async events(): Promise<number> {
    return (await this.bed.client.workflow.getHandle(this.group).describe()).historyLength;
  }

  async end(): Promise<void> {
    await inLanes([this.group, ...this.members], (id) => this.bed.client.workflow.getHandle(id).terminate('the benchmark is over'));
  }

  async #update(workflowId: string, name: string, ...args: [string | number, ...(string | number)[]]): Promise<void> {
    await this.bed.client.workflow.getHandle(workflowId).executeUpdate(name, { args });
  }
}
