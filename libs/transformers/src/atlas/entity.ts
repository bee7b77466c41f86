import type { EntityType } from '@tributary/workflow-contracts/sql-metadata';

/** Points at another entity without holding it. */
export interface AtlasReference {
  readonly typeName: EntityType;
  readonly attributes: Readonly<Record<string, never>>;
  readonly uniqueAttributes: { readonly qualifiedName: string };
}

/** An entity as Atlas takes it; attributes without a value are absent. */
export interface AtlasEntity {
  readonly typeName: EntityType;
  readonly status: 'ACTIVE';
  readonly attributes: Readonly<Record<string, unknown>> & { readonly name: string; readonly qualifiedName: string };
  /** What PostgreSQL says beyond Atlas's own attributes. */
  readonly customAttributes: Readonly<Record<string, unknown>>;
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
