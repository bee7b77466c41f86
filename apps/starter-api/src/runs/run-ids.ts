import { createHash, randomBytes } from 'node:crypto';

/**
 * Workflow id of a connection's extraction. `~` joins the segments: it needs no encoding in a URL, and the grammar of
 * qualified names has none, so that two connections never share an id.
 */
export function connectionWorkflowId(qualifiedName: string): string {
  return `extract-sql-metadata~${qualifiedName.replaceAll('/', '~')}`;
}

/** Workflow id of one run of a flow over a subject: readable, and new each time. */
export function flowWorkflowId(slug: string, subject: string): string {
  const readable = subject.replaceAll(/[^A-Za-z0-9._-]+/g, '~').slice(0, 100);
  return `${slug}~${readable}~${randomBytes(6).toString('hex')}`;
}

/** Workflow id of what was started with an Idempotency-Key. The key itself goes nowhere. */
export function keyedWorkflowId(slug: string, idempotencyKey: string): string {
  return `${slug}-key-${sha256(idempotencyKey).slice(0, 32)}`;
}

/** Fingerprint of a request body, the same for the same JSON value in whatever order of properties. */
export function inputFingerprint(input: unknown): string {
  return sha256(JSON.stringify(canonical(input)));
}

function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return ['list', value.map(canonical)];
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return ['object', entries.map(([key, part]: [string, unknown]) => [key, canonical(part)])];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
