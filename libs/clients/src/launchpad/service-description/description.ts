import devel from './devel.json';

/** What a field or a parameter holds. `file`: link to a hosted file. `json`: a structure without a declared shape. */
export type ValueKind =
  | 'string'
  | 'int'
  | 'float'
  | 'boolean'
  | 'dateTime'
  | 'date'
  | 'enum'
  | 'link'
  | 'collection'
  | 'file'
  | 'json';

export interface ValueType {
  readonly type: ValueKind;
  /** `link`: the resource type; `collection`: the resource type of its entries. It may be one that is not described. */
  readonly to?: string;
  /** `enum`: the allowed values, which are titles. */
  readonly values?: readonly string[];
  /** A list of such values. */
  readonly list?: true;
}

/** A field of an entry's representation, by its name in JSON (`owner_link`, `tags`). */
export interface FieldDescription extends ValueType {
  /** What the WADL declares. Fields that are `required` are null in places all the same: see `nullable`. */
  readonly required: boolean;
  readonly nullable: boolean;
  /** Whether clients may change it. */
  readonly writable?: true;
}

export interface ParameterDescription extends ValueType {
  readonly required?: true;
}

/** A named operation that reads: `GET …?ws.op=searchTasks`. */
export interface OperationDescription {
  /** `page`: a collection of entries. `entry`: one, or null. `value`: JSON without a declared shape. */
  readonly returns: 'page' | 'entry' | 'value';
  /** Resource type of the entry or entries; absent for `value`. */
  readonly of?: string;
  readonly parameters: Readonly<Record<string, ParameterDescription>>;
}

export interface ResourceDescription {
  /** `collection`: a top-level collection of the service root, as `people`; `of` is the type of its entries. */
  readonly kind: 'entry' | 'collection';
  readonly of?: string;
  /** Fields of an entry besides those of `COMMON_FIELDS`. */
  readonly fields?: Readonly<Record<string, FieldDescription>>;
  /** Whether its entries have a page for people. */
  readonly webLink?: boolean;
  readonly operations: Readonly<Record<string, OperationDescription>>;
}

/** The part of Launchpad's service description that is needed here; names, types and values, no texts. */
export interface ServiceDescription {
  readonly version: string;
  /** Links of the service root: `people_collection_link` -> type `people`. */
  readonly root: Readonly<Record<string, { readonly to: string }>>;
  readonly types: Readonly<Record<string, ResourceDescription>>;
}

/** Fields that every entry has, in the order in which Launchpad sends them; `http_etag` comes last. */
export const COMMON_FIELDS = ['self_link', 'web_link', 'resource_type_link', 'http_etag'] as const;

/** The committed description of version `devel`. */
export function serviceDescription(): ServiceDescription {
  return devel as unknown as ServiceDescription;
}
