import { QUALIFIED_NAME_INVALID } from './errors.js';

/** Segments that stand between an object and its parent where a plain child would be ambiguous. */
export const RESERVED_SEGMENTS = ['_procedures_', '_functions_', '_constraints_', '_indexes_', '_sequences_'] as const;

const reserved: ReadonlySet<string> = new Set(RESERVED_SEGMENTS);

/**
 * A name as one segment of a qualified name. `%` and `/` are percent-encoded, and the first character of a name that
 * equals a reserved segment; every other name stays as people know it. `decodeSegment` inverts it.
 */
export function encodeSegment(name: string): string {
  if (name.includes('%') || name.includes('/')) return name.replaceAll('%', '%25').replaceAll('/', '%2F');
  return name.charCodeAt(0) === 95 && reserved.has(name) ? `%5F${name.slice(1)}` : name;
}

/** The name that a segment stands for. */
export function decodeSegment(segment: string): string {
  return segment.includes('%') ? segment.replace(/%(25|2F|5F|28)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : segment;
}

/** A routine as one segment: its name and, because of overloads, its input types. */
export function encodeRoutine(name: string, signature: string): string {
  return `${encodeSegment(name).replaceAll('(', '%28')}(${encodeSegment(signature)})`;
}

/** What a qualified name names. */
export type NamedObject =
  | { readonly type: 'database'; readonly database: string }
  | { readonly type: 'schema'; readonly database: string; readonly schema: string }
  | { readonly type: 'relation'; readonly database: string; readonly schema: string; readonly relation: string }
  | { readonly type: 'column' | 'constraint' | 'index'; readonly database: string; readonly schema: string; readonly relation: string; readonly name: string }
  | { readonly type: 'sequence'; readonly database: string; readonly schema: string; readonly name: string }
  | { readonly type: 'function' | 'procedure'; readonly database: string; readonly schema: string; readonly name: string; readonly signature: string };

/** The qualified name of `object` below a connection. Distinct objects have distinct names. */
export function formatQualifiedName(connection: string, object: NamedObject): string {
  const database = `${connection}/${encodeSegment(object.database)}`;
  if (object.type === 'database') return database;
  const schema = `${database}/${encodeSegment(object.schema)}`;
  switch (object.type) {
    case 'schema':
      return schema;
    case 'relation':
      return `${schema}/${encodeSegment(object.relation)}`;
    case 'column':
      return `${schema}/${encodeSegment(object.relation)}/${encodeSegment(object.name)}`;
    case 'constraint':
      return `${schema}/${encodeSegment(object.relation)}/_constraints_/${encodeSegment(object.name)}`;
    case 'index':
      return `${schema}/${encodeSegment(object.relation)}/_indexes_/${encodeSegment(object.name)}`;
    case 'sequence':
      return `${schema}/_sequences_/${encodeSegment(object.name)}`;
    case 'function':
      return `${schema}/_functions_/${encodeRoutine(object.name, object.signature)}`;
    case 'procedure':
      return `${schema}/_procedures_/${encodeRoutine(object.name, object.signature)}`;
  }
}

/**
 * What `qualifiedName` names; the inverse of `formatQualifiedName`.
 * @throws CodedError QUALIFIED_NAME_INVALID
 */
export function parseQualifiedName(connection: string, qualifiedName: string): NamedObject {
  const invalid = (reason: string): Error => QUALIFIED_NAME_INVALID({ qualifiedName, connection, reason });
  if (!qualifiedName.startsWith(`${connection}/`)) throw invalid('it does not start with the connection');
  const object = objectOf(qualifiedName.slice(connection.length + 1).split('/'));
  if (!object) throw invalid('it has segments that no object has');
  if (formatQualifiedName(connection, object) !== qualifiedName) throw invalid('it is encoded otherwise than this project does');
  return object;
}

function objectOf(segments: readonly string[]): NamedObject | undefined {
  const [database = '', schema = '', third = '', fourth = '', fifth = ''] = segments.map(decodeSegment);
  const [, , rawThird = '', rawFourth = ''] = segments;
  if (segments.includes('')) return undefined;
  switch (segments.length) {
    case 1:
      return { type: 'database', database };
    case 2:
      return { type: 'schema', database, schema };
    case 3:
      return reserved.has(rawThird) ? undefined : { type: 'relation', database, schema, relation: third };
    case 4:
      if (rawThird === '_sequences_') return { type: 'sequence', database, schema, name: fourth };
      if (rawThird === '_functions_' || rawThird === '_procedures_') {
        const paren = rawFourth.indexOf('(');
        if (paren < 0 || !rawFourth.endsWith(')')) return undefined;
        const name = decodeSegment(rawFourth.slice(0, paren));
        const signature = decodeSegment(rawFourth.slice(paren + 1, -1));
        return { type: rawThird === '_functions_' ? 'function' : 'procedure', database, schema, name, signature };
      }
      return reserved.has(rawThird) || reserved.has(rawFourth) ? undefined : { type: 'column', database, schema, relation: third, name: fourth };
    case 5:
      if (rawFourth === '_constraints_') return { type: 'constraint', database, schema, relation: third, name: fifth };
      if (rawFourth === '_indexes_') return { type: 'index', database, schema, relation: third, name: fifth };
      return undefined;
    default:
      return undefined;
  }
}
