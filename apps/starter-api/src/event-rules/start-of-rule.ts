import { createHash } from 'node:crypto';
import { findCredential } from '@tributary/workflow-contracts/schemas';
import { configurationOrder } from '../configurations/start-configuration.js';
import type { RunOrder } from '../runs/run-starter.js';
import { inputProblems, plannedRun, runTypeOfSlug } from '../schedules/planned-run.js';
import type { ApiServices } from '../services.js';
import { EVENT_HOLDS_CREDENTIAL, EVENT_INPUT_INVALID, EVENT_VALUE_MISSING } from './errors.js';
import type { SavedRule } from './event-rule-store.js';
import { valueAt } from './json-pointer.js';
import type { ReceivedEvent } from './received-event.js';
import { fillHoles } from './template.js';

const PROBLEMS_SHOWN = 3;

/** Whether the attributes of an event are as a rule wants them. */
export function fitsAttributes({ value: { match } }: SavedRule, event: ReceivedEvent): boolean {
  return (['type', 'source', 'subject'] as const).every((name) => match[name] === undefined || match[name] === event[name]);
}

/** Whether the data of an event is as a rule wants it. */
export function fitsData({ value: { match } }: SavedRule, event: ReceivedEvent): boolean {
  return Object.entries(match.data ?? {}).every(([pointer, wanted]) => valueAt(event.data, pointer) === wanted);
}

/**
 * The run that a rule starts for an event: always the same one for the same event.
 * @throws CodedError CONFIGURATION_UNKNOWN, CONFIGURATION_OUTDATED, EVENT_VALUE_MISSING, EVENT_INPUT_INVALID,
 * EVENT_HOLDS_CREDENTIAL, API_STATE_UNAVAILABLE
 */
export async function orderOfRule(services: ApiServices, rule: SavedRule, event: ReceivedEvent): Promise<RunOrder> {
  const key = createHash('sha256').update(JSON.stringify(['event', rule.name, event.source, event.id])).digest('hex');
  const { configuration, runType = '', input } = rule.value.start;
  if (configuration !== undefined) return configurationOrder(services, await services.configurations.get(configuration), key);
  const type = runTypeOfSlug(runType);
  const { id, source, type: eventType, subject, time, data } = event;
  const { value, missing } = fillHoles(input, { id, source, type: eventType, ...(subject === undefined ? {} : { subject }), ...(time === undefined ? {} : { time }), ...(data === undefined ? {} : { data }) });
  if (missing !== undefined) throw EVENT_VALUE_MISSING({ pointer: missing, rule: rule.name });
  const filled = value as Readonly<Record<string, unknown>>;
  const pointer = findCredential(filled);
  if (pointer !== undefined) throw EVENT_HOLDS_CREDENTIAL({ pointer });
  const problems = inputProblems(type, filled).map((problem) => `${problem.pointer}: ${problem.allowed}`);
  if (problems.length > 0) throw EVENT_INPUT_INVALID({ rule: rule.name, runType, problems: problems.slice(0, PROBLEMS_SHOWN) });
  return { ...plannedRun(services, type, filled), idempotencyKey: key };
}
