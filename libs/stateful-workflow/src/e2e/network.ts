import {
  carry,
  create,
  hasWork,
  nextDue,
  restore,
  step,
  type CoreState,
  type Effect,
  type LinkMessage,
  type MessageBody,
  type StartInput,
  type StepOutcome,
} from '../core.js';
import type { EntityWorkflow } from '../index.js';

interface Node {
  readonly definition: EntityWorkflow;
  state: CoreState;
}

interface Packet {
  readonly to: string;
  readonly from: string;
  readonly body: MessageBody;
}

/** Sent over a link: who told whom what. */
export interface Told {
  readonly from: string;
  readonly to: string;
  readonly message: LinkMessage;
}

/** Cores that run each other's effects, with a network between them that a test can disturb. */
export class Network {
  readonly nodes = new Map<string, Node>();
  readonly told: Told[] = [];
  readonly effects: (Effect & { readonly node: string })[] = [];
  packets: Packet[] = [];
  now = 0;
  private draws = 0;

  constructor(
    private readonly definitions: readonly EntityWorkflow[],
    /** What a load gives; without it loads are not answered. */
    private readonly load?: (effect: Effect & { kind: 'load' }) => MessageBody,
  ) {}

  start(input: StartInput, options: Parameters<typeof create>[3] = {}): void {
    const definition = this.definitions.find(({ type }) => type === input.type);
    if (!definition) throw new Error(`no definition of ${input.type}`);
    this.nodes.set(input.workflow, { definition, state: create(definition, input, this.moment(), options) });
  }

  state(workflow: string): CoreState {
    const node = this.nodes.get(workflow);
    if (!node) throw new Error(`${workflow} does not run`);
    return node.state;
  }

  /** Sends a message to a core and runs its effects; undefined when it does not run. */
  send(workflow: string, body: MessageBody): StepOutcome | undefined {
    const node = this.nodes.get(workflow);
    if (!node) return undefined;
    const { state, effects, outcome } = step(node.definition, node.state, { ...body, ...this.moment() });
    node.state = state;
    for (const effect of effects) this.run(workflow, effect);
    return outcome;
  }

  cycle(workflow: string): void {
    this.send(workflow, { kind: 'cycle' });
  }

  /** Ends a run and goes on from what it carries, as continue-as-new does. */
  continueAsNew(workflow: string): void {
    const node = this.nodes.get(workflow);
    if (node)
      node.state = restore(
        node.definition,
        JSON.parse(JSON.stringify(carry(node.definition, node.state))) as ReturnType<typeof carry>,
      );
  }

  /** Delivers packet `index`. `keep`: it will come again. */
  deliver(index: number, keep = false): void {
    const packet = this.packets[index];
    if (!packet) return;
    if (!keep) this.packets = this.packets.toSpliced(index, 1);
    const outcome = this.send(packet.to, packet.body);
    if (outcome === undefined && packet.body.kind === 'link') this.bounce(packet, packet.body);
  }

  drop(index: number): void {
    this.packets = this.packets.toSpliced(index, 1);
  }

  /** Lets everything come to rest; time jumps to what is due. @returns how many steps it took */
  settle({ until = Infinity, limit = 20_000 } = {}): number {
    for (let steps = 0; ; steps += 1) {
      if (steps > limit) throw new Error('the network does not come to rest');
      if (this.packets.length > 0) this.deliver(0);
      else {
        const busy = [...this.nodes.keys()].find((workflow) => this.isBusy(workflow));
        if (busy !== undefined) this.cycle(busy);
        else {
          const due = Math.min(...[...this.nodes.values()].map(({ state }) => nextDue(state) ?? Infinity));
          if (due > until || due === Infinity) return steps;
          this.now = Math.max(this.now, due);
        }
      }
    }
  }

  private isBusy(workflow: string): boolean {
    const node = this.nodes.get(workflow);
    return node !== undefined && hasWork(node.definition, node.state, this.now);
  }

  private moment() {
    this.now += 1;
    this.draws = (this.draws * 16_807 + 11) % 2_147_483_647;
    return { at: this.now, random: this.draws / 2_147_483_647 };
  }

  private post(to: string, from: string, body: MessageBody): void {
    this.packets = [...this.packets, { to, from, body }];
  }

  private run(node: string, effect: Effect): void {
    this.effects.push({ ...effect, node });
    switch (effect.kind) {
      case 'startChild': {
        const { child, epoch, input } = effect;
        const attached = this.nodes.has(child);
        if (!attached) this.start(input);
        const { patches, inherit, up } = input;
        if (effect.shared || attached)
          this.post(child, node, {
            kind: 'attach',
            owner: node,
            epoch,
            patches,
            ...(inherit && { inherit }),
            ...(up && { up }),
          });
        this.post(node, child, { kind: 'childStarted', child, epoch, attached });
        return;
      }
      case 'endChild':
        this.post(effect.child, node, { kind: 'release', owner: node, epoch: effect.epoch, how: effect.how });
        return;
      case 'send':
        for (const { body, targets } of effect.deliveries) {
          for (const { to, epoch, seq } of targets) {
            const message: LinkMessage = { ...body, epoch, seq };
            this.told.push({ from: node, to, message });
            this.post(to, node, JSON.parse(JSON.stringify(message)) as LinkMessage);
          }
          this.post(node, node, { kind: 'sent', direction: body.direction, delivered: targets, failed: [] });
        }
        return;
      case 'ack':
        this.post(effect.to, node, { ...effect, from: node });
        return;
      case 'load':
        if (this.load) this.post(node, node, this.load(effect));
        return;
      case 'close': {
        this.nodes.delete(node);
        const outcome = effect.how === 'cancel' ? 'cancelled' : 'completed';
        for (const [owner, { state }] of this.nodes) {
          const child = state.children.get(node);
          if (child) this.post(owner, node, { kind: 'childEnded', child: node, epoch: child.epoch, outcome });
        }
        return;
      }
      default:
    }
  }

  /** What comes to a workflow that has ended is told to its sender. */
  private bounce({ to, from }: Packet, { direction, epoch, seq }: LinkMessage): void {
    this.post(from, to, { kind: 'sent', direction, delivered: [], failed: [{ to, epoch, seq, gone: true }] });
  }
}
