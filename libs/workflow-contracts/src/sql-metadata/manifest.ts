import type { ObjectRef } from '@tributary/common';
import type { CatalogKind } from './kinds.js';
import type { Filters } from './messages.js';

/** One object of a run: a shard of entities, raw records or quarantined records. */
export interface ManifestShard extends ObjectRef {
  readonly content: 'entities' | 'raw' | 'quarantine';
  readonly database: string;
  readonly kind: CatalogKind;
  /** Entity type of an entity shard. */
  readonly typeName?: string;
}

/** Counts of one database and kind. They add up: source = raw, raw = entities + quarantined. */
export interface StageCounts {
  readonly database: string;
  readonly kind: CatalogKind;
  /** Rows that the source says there are, counted apart from reading them, in the same snapshot. */
  readonly source: number;
  /** Rows read. */
  readonly raw: number;
  readonly entities: number;
  readonly quarantined: number;
}

/** Something that the role may not read, or that was left out, with its reason. */
export interface ScopeReport {
  readonly scope: { readonly database: string; readonly schema?: string; readonly object?: string };
  readonly verdict: 'unreadable' | 'partial';
  /** What is missing from the output because of it. */
  readonly reason: string;
  /** Statement that would mend it: `GRANT CONNECT ON DATABASE …`. */
  readonly fix?: string;
  /** How many objects the line stands for. */
  readonly count: number;
}

export interface QuarantineSummary {
  readonly code: string;
  readonly count: number;
}

/** Written last: a reader that follows manifests never sees half a run. */
export interface ExtractionManifest {
  readonly formatVersion: 1;
  readonly workflowId: string;
  readonly runId: string;
  readonly connection: { readonly name: string; readonly qualifiedName: string };
  readonly source: {
    readonly type: 'postgres';
    readonly host: string;
    readonly port: number;
    readonly serverVersion: string;
    readonly databases: readonly string[];
  };
  readonly filters: Filters;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** RFC 3339, UTC. */
  readonly finishedAt: string;
  readonly tool: { readonly name: 'tributary'; readonly version: string };
  readonly counts: readonly StageCounts[];
  /** Entities by type. */
  readonly entities: Readonly<Record<string, number>>;
  readonly quarantine: readonly QuarantineSummary[];
  readonly reports: readonly ScopeReport[];
  readonly shards: readonly ManifestShard[];
}
