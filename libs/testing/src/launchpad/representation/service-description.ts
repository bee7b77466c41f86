import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a field or a parameter holds. */
export interface ValueType {
  readonly type:
    'string' | 'int' | 'float' | 'boolean' | 'dateTime' | 'date' | 'enum' | 'link' | 'collection' | 'file' | 'json';
  readonly to?: string;
  readonly values?: readonly string[];
  readonly list?: true;
}

export interface FieldDescription extends ValueType {
  readonly required: boolean;
  readonly nullable: boolean;
  readonly writable?: true;
}

export interface ParameterDescription extends ValueType {
  readonly required?: true;
}

export interface OperationDescription {
  readonly returns: 'page' | 'entry' | 'value';
  readonly of?: string;
  readonly parameters: Readonly<Record<string, ParameterDescription>>;
}

export interface ResourceDescription {
  readonly kind: 'entry' | 'collection';
  readonly of?: string;
  readonly fields?: Readonly<Record<string, FieldDescription>>;
  readonly webLink?: boolean;
  readonly operations: Readonly<Record<string, OperationDescription>>;
}

/** The part of Launchpad's service description that this server speaks. */
export interface ServiceDescription {
  readonly root: Readonly<Record<string, { readonly to: string }>>;
  readonly types: Readonly<Record<string, ResourceDescription>>;
}

const FILE = join(__dirname, '../../../../clients/src/launchpad/service-description/devel.json');

let loaded: ServiceDescription | undefined;

/**
 * The description that the client's types are made from too. It is read as a file, not through the client's code: the
 * server stays an independent witness of what the client does with it.
 */
export function serviceDescription(): ServiceDescription {
  loaded ??= JSON.parse(readFileSync(FILE, 'utf8')) as ServiceDescription;
  return loaded;
}
