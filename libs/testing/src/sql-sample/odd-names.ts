import { identifier, literal } from './identifiers.js';

/** Names that are legal in PostgreSQL and that software has tripped over. All differ; none is longer than 63 bytes. */
export const ODD_NAMES: readonly string[] = [
  'quo"te',
  '"quoted"',
  "apos'trophe",
  'dot.ted',
  '.',
  '..',
  'with space',
  ' leading',
  'trailing ',
  'UPPER',
  'Upper',
  'upper',
  'curly{}',
  '{2,3}',
  '%',
  '100%',
  'a/b',
  'a%2Fb',
  'a%252Fb',
  '/',
  'back\\slash',
  'new\nline',
  'tab\there',
  'bell\u0007',
  'semi;colon',
  '-- comment',
  '/* comment */',
  '$1',
  ':name',
  '?',
  '*',
  'star*glob?',
  'like_any%thing',
  'f(x)',
  'select',
  'null',
  '__proto__',
  'constructor',
  'toString',
  '_constraints_',
  '_indexes_',
  '_functions_',
  '_procedures_',
  '_sequences_',
  '%5Fconstraints_',
  '😀',
  'family👨‍👩‍👧‍👦',
  'mañana',
  'man\u0303ana',
  'ÄÖÜß',
  '日本語の表',
  'עברית',
  'a\u200bb',
  'a\u2028b',
  'x'.repeat(63),
  `${'x'.repeat(62)}y`,
  'ü'.repeat(31),
  '名'.repeat(21),
];

/** Comments with any Unicode. */
const COMMENTS: readonly string[] = [
  'Plain',
  'With "double" and \'single\' quotes, a \\ backslash and a ; semicolon',
  'Two\nlines,\r\na tab\tand a bell\u0007',
  'Emoji 😀👨‍👩‍👧‍👦, 日本語, עברית, combining n\u0303, line separator \u2028, astral 𝒳',
  '<b>not markup</b> & {braces} %s $1 ${template}',
  '   surrounded by spaces   ',
];

/** Schema `odd` with a table, column, check and function of every odd name, and a schema of every odd name. */
export function oddNamesSql(): string {
  const statements = ['CREATE SCHEMA odd;', "COMMENT ON SCHEMA odd IS 'Tables with every odd name';"];
  ODD_NAMES.forEach((name, at) => {
    const quoted = identifier(name);
    const comment = literal(COMMENTS[at % COMMENTS.length] ?? '');
    statements.push(
      `CREATE TABLE odd.${quoted} (id integer, ${quoted} text, CONSTRAINT ${quoted} CHECK (${quoted} <> ''));`,
      `COMMENT ON TABLE odd.${quoted} IS ${comment};`,
      `COMMENT ON COLUMN odd.${quoted}.${quoted} IS ${comment};`,
      `CREATE FUNCTION odd.${quoted}(${quoted} integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';`,
      // Tables, indexes and sequences of a schema share one name space: each gets a schema's only object of the name.
      `CREATE SCHEMA ${quoted};`,
      `CREATE VIEW ${quoted}.${quoted} AS SELECT * FROM odd.${quoted};`,
      `CREATE SCHEMA ${identifier(`${[...name].slice(0, 19).join('')}-${at}`)};`,
      `CREATE SEQUENCE ${identifier(`${[...name].slice(0, 19).join('')}-${at}`)}.${quoted};`,
    );
  });
  statements.push('CREATE SCHEMA odd_indexes;', 'CREATE TABLE odd_indexes."the table" (id integer);');
  for (const name of ODD_NAMES) statements.push(`CREATE INDEX ${identifier(name)} ON odd_indexes."the table" (id);`);
  return statements.join('\n');
}
