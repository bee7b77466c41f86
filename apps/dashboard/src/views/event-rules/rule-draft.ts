import type { EventMatch, EventRuleBody } from '../../api/event-rules.js';
import { isObject } from '../../form/json-schema.js';

/** What stands in the form of a rule, as it was typed. */
export interface RuleDraft {
  readonly description: string;
  readonly topic: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  /** Values of the data, in the order in which they were added. */
  readonly data: readonly { readonly pointer: string; readonly value: string }[];
  /** `configuration:<name>` or `type:<slug>`. */
  readonly what: string;
  /** Of a run type: its input as JSON. */
  readonly input: string;
}

export const EMPTY_RULE: RuleDraft = { description: '', topic: '', type: '', source: '', subject: '', data: [], what: '', input: '' };

const POINTER = /^(?:\/(?:[^~/]|~[01])*){1,20}$/;

/** A rule as it is typed. */
export function draftOfRule({ description = '', topic, match, start }: EventRuleBody): RuleDraft {
  const { type = '', source = '', subject = '', data = {} } = match;
  return {
    description,
    topic,
    type,
    source,
    subject,
    data: Object.entries(data).map(([pointer, value]) => ({ pointer, value: JSON.stringify(value) })),
    ...('configuration' in start ? { what: `configuration:${start.configuration}`, input: '' } : { what: `type:${start.runType}`, input: JSON.stringify(start.input, null, 2) }),
  };
}

/** What is wrong with a draft, by field; `data/0` for a row. Empty when it can be sent. */
export function findingsOfRule({ topic, data, what, input }: RuleDraft): ReadonlyMap<string, string> {
  const findings = new Map<string, string>();
  if (topic === '') findings.set('topic', 'This is needed.');
  if (what === '') findings.set('what', 'This is needed.');
  if (what.startsWith('type:') && !isObject(jsonIn(input))) findings.set('input', 'A JSON object.');
  for (const [index, { pointer }] of data.entries()) {
    if (!POINTER.test(pointer)) findings.set(`data/${index}`, 'A JSON pointer into the data: /table/schema.');
    else if (data.findIndex((row) => row.pointer === pointer) < index) findings.set(`data/${index}`, 'This place is named above.');
  }
  return findings;
}

/** The rule that a draft without findings stands for. */
export function ruleOf({ description, topic, type, source, subject, data, what, input }: RuleDraft): EventRuleBody {
  const [kind, name = ''] = what.split(/:(.*)/);
  const attributes = Object.entries({ type, source, subject }).flatMap(([attribute, text]) => (text.trim() === '' ? [] : [[attribute, text.trim()] as const]));
  const match: EventMatch = { ...Object.fromEntries(attributes), ...(data.length === 0 ? {} : { data: Object.fromEntries(data.map(({ pointer, value }) => [pointer, scalarIn(value)])) }) };
  return {
    ...(description.trim() === '' ? {} : { description: description.trim() }),
    topic,
    match,
    start: kind === 'configuration' ? { configuration: name } : { runType: name, input: jsonIn(input) },
  };
}

/** A value as it is typed: true, 7 and null are what they are in JSON, anything else is a text, with quotes or without. */
function scalarIn(text: string): string | number | boolean | null {
  const value = jsonIn(text);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null ? value : text;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
