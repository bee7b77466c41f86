/** An answer that is not what was asked for: its text goes out as plain text. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    text: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(text);
  }
}

export function badRequest(text: string): Problem {
  return new Problem(400, text);
}

export function notFound(name: string): Problem {
  return new Problem(404, `Object: <WebServiceApplication>, name: '${name}'`);
}

/** What needs somebody who is logged in, or somebody else. */
export function unauthorized(text: string): Problem {
  return new Problem(401, text, { 'WWW-Authenticate': 'OAuth realm="OAuth"' });
}
