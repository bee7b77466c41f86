import { grpcCall } from './grpc-call.js';

/** Numbers of Temporal's IndexedValueType. */
const TYPES: Readonly<Record<string, number>> = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 };

const TIMEOUT_MS = 10_000;
const TEXT_FIELD = 0b010;

/**
 * Registers search attributes, name to type, in a namespace; those that are there stay. By a call, since the program's own
 * option has no effect on a namespace that its file has kept.
 */
export async function addSearchAttributes(address: string, namespace: string, attributes: Readonly<Record<string, string>>): Promise<void> {
  const entries = Object.entries(attributes).map(([name, type]) => {
    const number = TYPES[type];
    if (number === undefined) throw new RangeError(`${type} is no type of a search attribute; there are ${Object.keys(TYPES).join(', ')}`);
    return field(1, Buffer.concat([field(1, Buffer.from(name)), Buffer.from([2 << 3, number])]));
  });
  const message = Buffer.concat([...entries, field(2, Buffer.from(namespace))]);
  await grpcCall(address, '/temporal.api.operatorservice.v1.OperatorService/AddSearchAttributes', message, TIMEOUT_MS);
}

/** A field of bytes; below 128 of them, as all names here are. */
function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | TEXT_FIELD, bytes.length]), bytes]);
}
