import type { Launchpad } from '@tributary/clients/launchpad';
import type { Json, Session, Unit, UnitContext } from '@tributary/etl';
import { toEvents } from '@tributary/transformers/launchpad';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import type { LaunchpadQuery } from '../query/launchpad-query.js';
import { readAtOf } from './payload.js';
import { READERS } from './readers.js';
import { referenceOf } from './reference.js';
import type { LaunchpadPage, Visited } from './reading.js';

/** Reads the units of one run. */
export class LaunchpadSession implements Session<Visited> {
  readonly #launchpad: Launchpad;
  #heartbeat: () => void = () => undefined;

  /** @param connect makes the client; what it is handed wants to be told of each request that was answered or has failed */
  constructor(
    private readonly query: LaunchpadQuery,
    connect: (onAnswer: () => void) => Launchpad,
  ) {
    this.#launchpad = connect(() => this.#heartbeat());
  }

  roots(): readonly Unit[] {
    const { subject } = this.query;
    const root = (kind: string, name: string): Unit => ({ key: `${kind}:${name}`, stage: 'resolve', kind, payload: { name }, subjects: [name] });
    if (subject.kind === 'members') return subject.names.map((name) => root('member', name));
    return [root(subject.kind, subject.name)];
  }

  async *pages(unit: Unit, cursor: Json | undefined, context: UnitContext): AsyncGenerator<LaunchpadPage> {
    const read = READERS[unit.kind];
    if (read === undefined) throw new RangeError(`Nothing reads units of kind "${unit.kind}"`);
    this.#heartbeat = () => context.heartbeat();
    const reading = { launchpad: this.#launchpad, query: this.query, unit, context };
    let at = cursor;
    do {
      const page = await read(reading, at);
      // What a listing told may be older by hours than what another run has loaded since.
      yield { ...page, ...readAtOf(unit.payload) };
      at = page.cursor;
    } while (at !== undefined);
  }

  /** Events by nobody belong to the run when what they happened to is a subject's own. */
  transform({ record, anonymous }: Visited): readonly EventDraft[] {
    const events = toEvents(record);
    return anonymous ? events : events.filter(({ actor }) => actor !== null);
  }

  reference({ record }: Visited): string {
    return referenceOf(record);
  }

  /** A team stands for its members: what was done in its own name is found by chance only, and left out. */
  accepts({ actor }: EventDraft, subjects: ReadonlySet<string>): boolean {
    const { subject } = this.query;
    if (subject.kind === 'project' || actor === null) return true;
    return subjects.has(actor) && !(subject.kind === 'team' && actor === subject.name);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
