/** A schema as the JSON that a reader of it gets, free of what the library that made it keeps in it. */
export function wholeSchema(schema: object): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
}
