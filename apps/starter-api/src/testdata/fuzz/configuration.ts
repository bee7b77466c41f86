/** Names of what is there, by path parameter: requests for other names would be answered 404 alone. */
export type KnownNames = Readonly<Record<string, readonly string[]>>;

/** How often a path parameter is one of the known names, and not made up. */
const PROBABILITY = 0.6;

const REFUSALS = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428];

/** The configuration of schemathesis, in TOML. Nothing of the specification is left out. */
export function configuration({ known, key }: { known: KnownNames; key: string | undefined }): string {
  const names = Object.entries(known);
  return [
    'continue-on-failure = true',
    'request-timeout = 40',
    // What is followed may not change again.
    'max-stream-events = 1',
    ...(key === undefined ? [] : [`headers = { Authorization = ${text(`Bearer ${key}`)} }`]),
    '[generation]',
    // Otherwise it puts credentials of its own making in the place of the key, and sees nothing but 401.
    'with-security-parameters = false',
    '[checks]',
    `negative_data_rejection.expected-statuses = [${REFUSALS.join(', ')}]`,
    ...names.map(([name, values]) => `[dictionaries.${name}]\nvalues = [${values.map(text).join(', ')}]`),
    ...(names.length === 0 ? [] : ['[parameters]']),
    ...names.map(([name]) => `"path.${name}" = { dictionary = "${name}", probability = ${PROBABILITY} }`),
  ].join('\n');
}

/** A JSON string is a TOML string. */
function text(value: string): string {
  return JSON.stringify(value);
}
