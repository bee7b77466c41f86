import { isCodedError } from '@tributary/common';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { ETL_EVENT_INVALID, ETL_TRANSFORM_FAILED } from '../errors.js';
import type { Page, Session, Unit, Window } from '../source.js';
import type { IdentityDirectory, PageCommit } from '../store/types.js';
import { parseInstant, type Instant } from '../time/instant.js';
import { nameOf, placeOf } from './describe-error.js';
import { draftProblems } from './draft-problems.js';
import { employeesOf, peopleProperties } from './identities.js';
import { toEvent } from './to-event.js';
import { wellFormed } from './well-formed.js';

const REFERENCE_LONGEST = 200;

type Quarantined = PageCommit['quarantined'][number];

interface TimedDraft {
  readonly draft: EventDraft;
  readonly time: Instant;
}

export interface TransformerOptions {
  readonly session: Session<unknown>;
  readonly sourceKindId: string;
  readonly window: Window;
  readonly identities: IdentityDirectory;
  /** Subjects of the run, as they are now. */
  readonly subjects: () => ReadonlySet<string>;
}

/** Makes what a page brings ready to be loaded. */
export class PageTransformer {
  readonly #start: Instant;
  readonly #end: Instant;

  constructor(private readonly options: TransformerOptions) {
    this.#start = parseInstant(options.window.start);
    this.#end = parseInstant(options.window.end);
  }

  /**
   * The events of a page that belong to the run. A record that cannot be transformed, in whole or in part, is
   * quarantined, never dropped; what could be made of it is loaded.
   * @param position which page of its unit it is in this reading, from 1
   */
  async prepare(unit: Unit, page: Page<unknown>, position: number): Promise<PageCommit> {
    const readAt = performance.now() - Math.max(0, Date.now() - (page.readAt ?? Infinity));
    const drafts: TimedDraft[] = [];
    const quarantined: Quarantined[] = [];
    page.records.forEach((record, index) => {
      const problems: Omit<Quarantined, 'record'>[] = [];
      try {
        for (const draft of this.options.session.transform(record)) {
          const timed = timedDraft(draft, problems);
          if (timed && this.#belongs(timed)) drafts.push(timed);
        }
      } catch (error) {
        problems.push(transformProblem(error));
      }
      const [first] = problems;
      if (!first) return;
      const messages = new Set(problems.map(({ message }) => message));
      const reference = this.#reference(record, `record ${index + 1} of page ${position}`);
      quarantined.push({ record: reference, code: first.code, message: [...messages].slice(0, 5).join(' ') });
    });
    const { identities, sourceKindId } = this.options;
    const all = drafts.map(({ draft }) => draft);
    const employeeOf = await employeesOf(identities, sourceKindId, all);
    return {
      unit: unit.key,
      records: page.records.length,
      readAt,
      people: peopleProperties(all),
      events: drafts.map(({ draft, time }) => toEvent(draft, time, sourceKindId, employeeOf)),
      discovered: page.discovered ?? [],
      cursor: page.cursor,
      remember: page.remember ?? [],
      quarantined,
      ...(page.renamed === undefined ? {} : { renamed: page.renamed }),
    };
  }

  #belongs({ draft, time }: TimedDraft): boolean {
    return time >= this.#start && time < this.#end && this.options.session.accepts(draft, this.options.subjects());
  }

  #reference(record: unknown, place: string): string {
    try {
      return wellFormed(this.options.session.reference?.(record).slice(0, REFERENCE_LONGEST) ?? place);
    } catch {
      // A record that cannot be transformed may well be one that cannot be named.
      return place;
    }
  }
}

/** The text of an error that no registry has may quote the record, so it is left out. */
function transformProblem(error: unknown): Omit<Quarantined, 'record'> {
  const known = isCodedError(error) ? error : ETL_TRANSFORM_FAILED({ error: nameOf(error), place: placeOf(error) });
  return { code: known.code, message: known.message };
}

function timedDraft(draft: EventDraft, problems: Omit<Quarantined, 'record'>[]): TimedDraft | undefined {
  const found = draftProblems(draft);
  if (found.length === 0) {
    try {
      return { draft, time: parseInstant(draft.time) };
    } catch (error) {
      if (!isCodedError(error)) throw error;
      found.push(error.message);
    }
  }
  problems.push({ code: ETL_EVENT_INVALID.code, message: ETL_EVENT_INVALID({ problems: found.join('; ') }).message });
  return undefined;
}
