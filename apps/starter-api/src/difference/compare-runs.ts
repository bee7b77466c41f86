import type { ObjectStore } from '@tributary/clients';
import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';
import { readRecords } from '../artifacts/json-lines.js';
import { ARTIFACT_DAMAGED } from '../errors.js';
import { changedValues, type ChangedValue } from './changed-values.js';
import { EntityTable, type ChangeCounts } from './entity-table.js';
import { contentDigest, nameDigest, publishedEntity, type PublishedEntity } from './published-entity.js';

export interface ComparisonOptions {
  /** Entity type to compare; without it all. */
  readonly type?: string;
  /** Entities that are named, of each kind of change. */
  readonly limit: number;
  /** Whether estimates of rows and sizes count as changes. */
  readonly statistics: boolean;
  readonly signal: AbortSignal;
}

export interface NamedEntity {
  readonly typeName: string;
  readonly qualifiedName: string;
}

export interface ChangedEntity extends NamedEntity {
  readonly attributes: readonly ChangedValue[];
}

export interface Comparison {
  readonly counts: ReadonlyMap<string, ChangeCounts>;
  readonly added: readonly NamedEntity[];
  readonly removed: readonly NamedEntity[];
  readonly changed: readonly ChangedEntity[];
}

/** How many entities two runs have that would be compared. */
export function entitiesToCompare(manifests: readonly ExtractionManifest[], type: string | undefined): number {
  const count = ({ entities }: ExtractionManifest): number =>
    Object.entries(entities).reduce((sum, [name, entitiesOfType]) => sum + (type === undefined || name === type ? entitiesOfType : 0), 0);
  return Math.max(...manifests.map(count));
}

/**
 * What has changed from `before` to `after`, with memory bounded by fingerprints and by `limit`: reads `before` for
 * fingerprints, `after` against them, and `before` once more for what is gone and for former values.
 * @throws CodedError ARTIFACT_DAMAGED
 */
export async function compareRuns(objects: ObjectStore, before: ExtractionManifest, after: ExtractionManifest, options: ComparisonOptions): Promise<Comparison> {
  const { limit } = options;
  const table = new EntityTable(entitiesToCompare([before], options.type));
  const counts = new Map<string, ChangeCounts>();
  const countsOf = (type: string): ChangeCounts => {
    let found = counts.get(type);
    if (!found) counts.set(type, (found = { added: 0, removed: 0, changed: 0, unchanged: 0 }));
    return found;
  };
  const added: NamedEntity[] = [];
  const removed: NamedEntity[] = [];
  const changed: ChangedEntity[] = [];
  const formers = new Map<string, PublishedEntity>();

  for await (const entity of readEntities(objects, before, options)) table.put(nameDigest(entity), contentDigest(entity));
  for await (const entity of readEntities(objects, after, options)) {
    const standing = table.compare(nameDigest(entity), contentDigest(entity));
    countsOf(entity.typeName)[standing]++;
    if (standing === 'added' && added.length < limit) added.push(nameOf(entity));
    if (standing === 'changed' && formers.size < limit) formers.set(keyOf(entity), entity);
  }
  for await (const entity of readEntities(objects, before, options)) {
    const now = formers.get(keyOf(entity));
    if (now) changed.push({ ...nameOf(entity), attributes: changedValues(entity.values, now.values) });
    if (table.wasSeen(nameDigest(entity))) continue;
    countsOf(entity.typeName).removed++;
    if (removed.length < limit) removed.push(nameOf(entity));
  }
  return { counts, added, removed, changed };
}

async function* readEntities(objects: ObjectStore, { shards }: ExtractionManifest, { type, statistics, signal }: ComparisonOptions): AsyncGenerator<PublishedEntity> {
  for (const { uri, content, typeName } of shards) {
    if (content !== 'entities' || (type !== undefined && typeName !== type)) continue;
    for await (const records of readRecords(objects, uri, signal)) {
      signal.throwIfAborted();
      for (const record of records) {
        const entity = publishedEntity(record, statistics);
        if (!entity) throw ARTIFACT_DAMAGED({ reason: 'a line of it is no entity' });
        yield entity;
      }
    }
  }
}

function nameOf({ typeName, qualifiedName }: PublishedEntity): NamedEntity {
  return { typeName, qualifiedName };
}

function keyOf({ typeName, qualifiedName }: PublishedEntity): string {
  return `${typeName}\0${qualifiedName}`;
}
