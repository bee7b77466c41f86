import type { EntityWorkflow, Json } from '@tributary/stateful-workflow';
import { create, entityState, nextDue, startInput, step, type CoreState, type Effect, type MessageBody } from '@tributary/stateful-workflow/core';
import { datasetWorkflow, launchpadSourceWorkflow, organizationWorkflow, repositoryWorkflow, sourceWorkflow } from '../index.js';

const DEFINITIONS = [organizationWorkflow, sourceWorkflow, launchpadSourceWorkflow, datasetWorkflow, repositoryWorkflow] as readonly unknown[] as readonly EntityWorkflow[];

/** What a load gives, by name of its activity and id of the entity; undefined fails it. */
export type Loads = (activity: string, id: string) => readonly object[] | undefined;

/** The cores of a whole tree, with their effects done at once: no server, no time but the one that is set. */
export class SmallTree {
  readonly published: (Effect & { kind: 'publish' })[] = [];
  now = Date.parse('2026-11-21T12:00:00Z');
  private readonly nodes = new Map<string, { readonly definition: EntityWorkflow; state: CoreState }>();

  constructor(private readonly loads: Loads) {
    const input = startInput(organizationWorkflow, { entity: { id: 'acme', name: 'Acme' } }, { at: this.now });
    this.add('OrganizationWorkflow', input);
    this.settle();
  }

  get workflows(): string[] {
    return [...this.nodes.keys()].sort();
  }

  /** An entity as its own workflow has it. */
  own(type: string, id: string): Readonly<Record<string, Json>> | undefined {
    return this.seenBy(`${type}/${id}`, type, id);
  }

  /** An entity as another workflow has it. */
  seenBy(workflow: string, type: string, id: string): Readonly<Record<string, Json>> | undefined {
    const { definition, state } = this.node(workflow);
    return entityState(definition, state, type, id);
  }

  /** Calls an action, and lets everything happen that follows. @returns why it was refused, if it was */
  act(workflow: string, action: string, input: object): string | undefined {
    const outcome = this.send(workflow, { kind: 'action', id: `${workflow} ${this.now}`, action, input });
    this.settle();
    return outcome.status === 'refused' ? outcome.code : undefined;
  }

  load(workflow: string): void {
    this.send(workflow, { kind: 'load' });
    this.settle();
  }

  private settle(): void {
    for (let busy = true; busy; ) {
      busy = false;
      for (const [workflow, { state }] of [...this.nodes]) {
        const isDue = state.touched.size > 0 || state.unsent.size > 0 || (nextDue(state) ?? Infinity) <= this.now;
        if (!isDue) continue;
        busy = true;
        this.send(workflow, { kind: 'cycle' });
      }
    }
  }

  private send(workflow: string, body: MessageBody) {
    const node = this.node(workflow);
    this.now += 1;
    const { state, effects, outcome } = step(node.definition, node.state, { ...body, at: this.now, random: 0.5 });
    node.state = state;
    for (const effect of effects) this.run(workflow, effect);
    return outcome;
  }

  private run(workflow: string, effect: Effect): void {
    if (effect.kind === 'publish') this.published.push(effect);
    if (effect.kind === 'startChild') {
      this.add(effect.workflowType, effect.input);
      this.send(workflow, { kind: 'childStarted', child: effect.child, epoch: effect.epoch });
    }
    if (effect.kind === 'endChild') this.nodes.delete(effect.child);
    if (effect.kind === 'load') {
      const { loader, epoch, activity, root } = effect;
      const changes = this.loads(activity, root.id);
      if (changes) this.send(workflow, { kind: 'loaded', loader, epoch, changes: changes as never });
      else this.send(workflow, { kind: 'loadFailed', loader, epoch, error: { code: 'NO', message: 'no' } });
    }
    if (effect.kind !== 'send') return;
    for (const { body, targets } of effect.deliveries) {
      for (const { to, epoch, seq } of targets) if (this.nodes.has(to)) this.send(to, { ...body, epoch, seq });
      this.send(workflow, { kind: 'sent', direction: body.direction, delivered: targets, failed: [] });
    }
  }

  private add(workflowType: string, input: Parameters<typeof create>[1]): void {
    const definition = DEFINITIONS.find(({ name }) => name === workflowType);
    if (!definition) throw new Error(`There is no definition ${workflowType}`);
    this.nodes.set(input.workflow, { definition, state: create(definition, input, { at: this.now, random: 0.5 }) });
  }

  private node(workflow: string) {
    const node = this.nodes.get(workflow);
    if (!node) throw new Error(`There is no ${workflow}`);
    return node;
  }
}
