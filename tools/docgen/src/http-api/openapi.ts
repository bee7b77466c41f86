import type { JsonSchema } from '../schemas/json-schema.js';

/** As much of an OpenAPI 3.1 document as the pages show. */
export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, JsonSchema>> };
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: JsonSchema;
  readonly example?: unknown;
}

interface MediaType {
  readonly schema?: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

export interface Content {
  readonly content?: Readonly<Record<string, MediaType>>;
}

/** One operation with where it is. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly deprecated?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content & { readonly required?: boolean; readonly description?: string };
  readonly responses?: Readonly<Record<string, Content & { readonly description?: string; readonly headers?: Readonly<Record<string, { readonly description?: string }>> }>>;
  /** What a caller has to show; nothing when the list is empty. */
  readonly security?: readonly object[];
  /** Role that a caller needs, or `sidecar`. */
  readonly 'x-required-role'?: string;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

/** All operations in the order of the document. */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => method in methods).map((method) => ({ ...(methods[method] as Operation), method: method.toUpperCase(), path })),
  );
}

/** The schema of a body in JSON, or of whatever it comes as. */
export function mediaOf(content: Content['content']): { readonly type: string; readonly media: MediaType } | undefined {
  const entries = Object.entries(content ?? {});
  const [type, media] = entries.find(([name]) => /^application\/(.*\+)?json$/.test(name)) ?? entries[0] ?? [];
  return type === undefined || media === undefined ? undefined : { type, media };
}
