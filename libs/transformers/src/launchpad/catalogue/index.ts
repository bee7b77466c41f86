import { BUG_EVENTS } from './bugs.js';
import type { EventDefinition } from './definition.js';
import { MERGE_PROPOSAL_EVENTS } from './merge-proposals.js';
import { OTHER_EVENTS } from './other.js';
import { QUESTION_EVENTS } from './questions.js';

export type { EventDefinition, PropertySchema } from './definition.js';

const EVENTS = { ...BUG_EVENTS, ...MERGE_PROPOSAL_EVENTS, ...QUESTION_EVENTS, ...OTHER_EVENTS };

/** `bug.created`, … */
export type EventType = keyof typeof EVENTS;

/** Every type of event that is made of Launchpad's records. */
export const EVENT_CATALOGUE: Readonly<Record<EventType, EventDefinition>> = EVENTS;
