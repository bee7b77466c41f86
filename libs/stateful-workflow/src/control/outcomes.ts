import { payloadBytes } from '@tributary/common';
import type { StepOutcome } from '../effects.js';
import type { Work } from '../work.js';

/** Outcomes that are kept; they travel with the state, so they are few and small. */
const MOST = 20;
const MOST_BYTES = 2048;

/** What became of an action. */
export interface KeptOutcome {
  readonly id: string;
  readonly outcome: StepOutcome;
}

/** Keeps what became of an action for who asks again, as after a run that ended before it could answer. */
export function keepOutcome(work: Work, id: string, outcome: StepOutcome): void {
  const isSaid = outcome.status === 'refused' || (outcome.status === 'done' && outcome.result !== undefined);
  if (!isSaid || payloadBytes(outcome) > MOST_BYTES) return;
  work.next.outcomes = [...work.next.outcomes, { id, outcome }].slice(-MOST);
}

/** The answer to an action that has come before: it is still under way, or what became of it, if that was kept. */
export function outcomeAgain({ next: { calls, outcomes } }: Work, id: string): StepOutcome {
  if (calls.some((call) => call.id === id)) return { status: 'pending' };
  return outcomes.find((kept) => kept.id === id)?.outcome ?? { status: 'duplicate' };
}
