import { LAUNCHPAD_PARAMETER_INVALID, LAUNCHPAD_PARAMETER_UNKNOWN } from './errors.js';
import type { OperationDescription, ParameterDescription } from './service-description/description.js';

/**
 * Query of a named operation. Every value is JSON, because Launchpad reads a value as JSON when it can: the text `123`
 * sent as it is would become a number there.
 * @throws CodedError LAUNCHPAD_PARAMETER_UNKNOWN, LAUNCHPAD_PARAMETER_INVALID
 */
export function encodeParameters(
  operation: string,
  { parameters: known }: Pick<OperationDescription, 'parameters'>,
  parameters: Readonly<Record<string, unknown>>,
): URLSearchParams {
  const query = new URLSearchParams({ 'ws.op': operation.replace(/^.*\./, '') });
  for (const [parameter, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    const description = Object.hasOwn(known, parameter) ? known[parameter] : undefined;
    if (!description) throw LAUNCHPAD_PARAMETER_UNKNOWN({ operation, parameter, known: Object.keys(known) });
    query.append(parameter, JSON.stringify(encode(value, description, { operation, parameter })));
  }
  for (const [parameter, { required }] of Object.entries(known)) {
    if (required && !query.has(parameter)) {
      throw LAUNCHPAD_PARAMETER_INVALID({ operation, parameter, value: 'missing', expected: 'a value: it is required' });
    }
  }
  return query;
}

interface Place {
  readonly operation: string;
  readonly parameter: string;
}

function encode(value: unknown, description: ParameterDescription, place: Place): unknown {
  if (!description.list) return encodeOne(value, description, place);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  // Launchpad takes an empty list for no list in some operations, and for nothing at all in others.
  if (values.length === 0) throw invalid('an empty list', 'one value at least', place);
  return values.map((each) => encodeOne(each, description, place));
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)(?:Z|\+00:00)$/;

function encodeOne(value: unknown, { type, values = [] }: ParameterDescription, place: Place): unknown {
  const refuse = (expected: string): never => {
    throw invalid(shown(value), expected, place);
  };
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse('true or false');
    case 'int':
      return Number.isSafeInteger(value) ? value : refuse('an integer');
    case 'float':
      return Number.isFinite(value) ? value : refuse('a number');
    case 'enum':
      return values.includes(value as string) ? value : refuse(`one of: ${values.join(', ')}`);
    case 'dateTime':
    case 'date':
      return utcText(value) ?? refuse('a date, or a time in UTC such as 2025-03-01T12:00:00.123456+00:00');
    case 'link':
      return typeof value === 'string' && URL.canParse(value) ? value : refuse('the link of an entry');
    default:
      return typeof value === 'string' ? value : refuse('a text');
  }
}

/** A time as Launchpad takes it, which refuses other zones, or undefined. */
function utcText(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString().replace('Z', '+00:00');
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return undefined;
  if (DATE.test(value)) return value;
  const [, time] = DATE_TIME.exec(value) ?? [];
  return time === undefined ? undefined : `${time}+00:00`;
}

function invalid(value: string, expected: string, place: Place) {
  return LAUNCHPAD_PARAMETER_INVALID({ ...place, value, expected });
}

function shown(value: unknown): string {
  const text = typeof value === 'symbol' ? 'withheld' : (JSON.stringify(value) ?? typeof value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
