import type { Statement } from './statement.js';

/**
 * A database of encoding SQL_ASCII holds whatever bytes it was given, and the server refuses to send those that are no
 * UTF-8. Its rows travel as JSON in base64 instead, which takes any bytes.
 */
export function askForBytes({ text, values }: Statement): Statement {
  const json = `pg_catalog.convert_to(pg_catalog.row_to_json(found)::text, 'SQL_ASCII')`;
  return { text: `SELECT pg_catalog.encode(${json}, 'base64') AS bytes FROM (${text}) AS found`, values };
}

const OIDS = /^(oid|typeOid)$/;

/** The row that a statement of `askForBytes` sent; a byte that is no UTF-8 is written `\xE9`. */
export function rowOfBytes({ bytes }: { readonly bytes: string }): unknown {
  const text = decodeUtf8(Buffer.from(bytes, 'base64'));
  // JSON of the server has oids as texts.
  return JSON.parse(text, (name, value: unknown) => (OIDS.test(name) ? Number(value) : value));
}

const SEQUENCE = /([\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})|[\x80-\xff]/g;

/** `json` as text; within it, bytes that are no UTF-8 become an escaped `\xE9`. */
function decodeUtf8(json: Buffer): string {
  return json.toString('latin1').replace(SEQUENCE, (bytes, sequence: string | undefined) => {
    if (sequence !== undefined) return Buffer.from(sequence, 'latin1').toString('utf8');
    return `\\\\x${bytes.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}
