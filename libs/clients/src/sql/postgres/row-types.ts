import { types } from 'pg';

const TEXT_ARRAY = 1009;
// The driver's type list leaves arrays out, though it parses them.
const parseTextArray = types.getTypeParser(TEXT_ARRAY as never) as (text: string) => unknown;
const asText = (text: string): unknown => text;
const asNumber = (text: string): unknown => Number(text);
const asBoolean = (text: string): unknown => text === 't';

/** Parsers of the types that catalog queries return; any other comes as text. */
export const rowTypes = {
  getTypeParser(oid: number): (text: string) => unknown {
    switch (oid) {
      case 16: // bool
        return asBoolean;
      case 21: // int2
      case 23: // int4
      case 26: // oid
      case 701: // float8
        return asNumber;
      case TEXT_ARRAY:
        return parseTextArray;
      default:
        return asText;
    }
  },
};
