import type { Page } from '../source.js';
import type { RunLedger } from '../store/types.js';

/** The subjects of a run, as the ledger has them; read again when a page that was loaded may have changed them. */
export class RunSubjects {
  /** Names of discovered units, which need not be those that the source has now. */
  readonly #seen = new Set<string>();

  private constructor(
    private readonly ledger: Pick<RunLedger, 'subjects'>,
    private names: ReadonlySet<string>,
  ) {}

  static async of(ledger: Pick<RunLedger, 'subjects'>): Promise<RunSubjects> {
    return new RunSubjects(ledger, await ledger.subjects());
  }

  get current(): ReadonlySet<string> {
    return this.names;
  }

  async loaded({ discovered = [], renamed }: Pick<Page<unknown>, 'discovered' | 'renamed'>): Promise<void> {
    const before = this.#seen.size;
    for (const { subjects } of discovered) for (const subject of subjects) this.#seen.add(subject);
    if (this.#seen.size > before || renamed !== undefined) this.names = await this.ledger.subjects();
  }
}
