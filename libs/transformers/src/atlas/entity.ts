import type { EntityType } from '@tributary/workflow-contracts/sql-metadata';

/** Points at another entity without holding it. */
export interface AtlasReference {
  readonly typeName: EntityType;
  readonly attributes: Readonly<Record<string, never>>;
  readonly uniqueAttributes: { readonly qualifiedName: string };
}

export type AttributeValue =
  | string
  | number
  | boolean
  | readonly (string | null)[]
  | AtlasReference
  | readonly AtlasReference[]
  /** No value: absent from the JSON. */
  | undefined;

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** An entity as Atlas takes it. Its JSON is the product: attributes without a value are absent there. */
export interface AtlasEntity {
  readonly typeName: EntityType;
  readonly status: 'ACTIVE';
  readonly attributes: Attributes & { readonly name: string; readonly qualifiedName: string };
  /** What PostgreSQL says beyond Atlas's own attributes. */
  readonly customAttributes: Attributes;
}

/** What every entity of a run says about connection and run. */
export interface EntityContext {
  readonly connectionName: string;
  /** First segments of every qualified name. */
  readonly connectionQualifiedName: string;
  readonly tenantId: string;
  readonly lastSyncWorkflowName: string;
  readonly lastSyncRun: string;
  /** Milliseconds since 1970, UTC. */
  readonly lastSyncRunAt: number;
  readonly connectorName: string;
}

const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

/** A reference by qualified name. */
export function referenceTo(typeName: EntityType, qualifiedName: string): AtlasReference {
  return { typeName, attributes: NOTHING, uniqueAttributes: { qualifiedName } };
}
