import { types } from 'pg';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

type Parser = (text: string) => unknown;

/**
 * Parsers of what the tables hold. Times keep their microseconds: RFC 3339 in UTC with six digits of fraction, which a
 * JavaScript Date would cut; dates stay `YYYY-MM-DD`. Counters and row ids are numbers.
 */
export const rowTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): Parser {
    if (oid === INT8) return Number;
    if (oid === DATE) return (text) => text;
    if (oid === TIMESTAMPTZ) return toRfc3339;
    return types.getTypeParser(oid, format) as Parser;
  },
};

/** `2026-01-02 03:04:05.6+00`, as a session in UTC with ISO style writes it, in RFC 3339; `infinity` as it stands. */
function toRfc3339(text: string): string {
  const [, date, time, fraction = ''] = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text) ?? [];
  return date === undefined ? text : `${date}T${time ?? ''}.${fraction.padEnd(6, '0')}Z`;
}
