import { createHash } from 'node:crypto';

/** An entity as a run has published it. */
export interface PublishedEntity {
  readonly typeName: string;
  readonly qualifiedName: string;
  /** What is compared, by name: attributes, and those of customAttributes under `customAttributes.`. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Attributes that say which run it was, and are never the same. */
const OF_THE_RUN = new Set(['lastSyncRun', 'lastSyncRunAt', 'lastSyncWorkflowName']);

/** Estimates and sizes, which move by themselves: no change of the catalog. */
const STATISTICS = new Set(['rowCount', 'sizeBytes', 'customAttributes.size_is_exact']);

/** The entity of a line of a shard; undefined when the line is of another form. */
export function publishedEntity(record: unknown, withStatistics: boolean): PublishedEntity | undefined {
  const { typeName, attributes, customAttributes } = (record ?? {}) as { typeName?: unknown; attributes?: Record<string, unknown>; customAttributes?: object };
  const qualifiedName = attributes?.['qualifiedName'];
  if (typeof typeName !== 'string' || typeof qualifiedName !== 'string') return undefined;
  const values: Record<string, unknown> = {};
  const keep = (name: string, value: unknown): void => {
    if (!OF_THE_RUN.has(name) && (withStatistics || !STATISTICS.has(name))) values[name] = value;
  };
  for (const [name, value] of Object.entries(attributes ?? {})) keep(name, value);
  for (const [name, value] of Object.entries(customAttributes ?? {})) keep(`customAttributes.${name}`, value);
  return { typeName, qualifiedName, values };
}

/** Fingerprint of what names an entity: 8 bytes. */
export function nameDigest({ typeName, qualifiedName }: PublishedEntity): Buffer {
  return digest(`${typeName}\0${qualifiedName}`);
}

/** Fingerprint of what is compared, whatever the order of its properties: 8 bytes. */
export function contentDigest({ values }: PublishedEntity): Buffer {
  return digest(canonicalJson(values));
}

/** JSON with the properties of every object in order of name. Of properties without a value there are none. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  let text = '';
  for (const name of Object.keys(value).sort()) {
    const part = (value as Record<string, unknown>)[name];
    if (part !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(part)}`;
  }
  return `{${text}}`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 8);
}
