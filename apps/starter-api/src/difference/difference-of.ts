import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';
import type { Static } from '@sinclair/typebox';
import {
  DIFFERENCE_NOT_OF_ENTITIES,
  DIFFERENCE_NOTHING_BEFORE,
  DIFFERENCE_OTHER_CONNECTION,
  DIFFERENCE_TOO_LARGE,
  RUN_NOT_PUBLISHED,
} from '../errors.js';
import { runLinks } from '../runs/run-links.js';
import type { ApiServices } from '../services.js';
import { caveatsOf } from './caveats.js';
import { compareRuns, entitiesToCompare, type Comparison, type ComparisonOptions } from './compare-runs.js';
import type { ChangeCounts } from './entity-table.js';
import { findRunBefore, findRunById } from './find-base.js';
import type { RunDifferenceSchema } from './schemas.js';

/** Entities of one run: what can be read three times within the time that a request has. Their fingerprints take 18 MB then. */
const ENTITIES_MAX = 500_000;

type Services = Pick<ApiServices, 'client' | 'reader' | 'manifests' | 'objects' | 'ui'>;
export type RunDifference = Static<typeof RunDifferenceSchema>;

export interface DifferenceRequest extends ComparisonOptions {
  readonly workflowId: string;
  readonly runId?: string;
  /** Run to compare with; without it the one before. */
  readonly to?: string;
}

interface PublishedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly startTime: string;
  readonly manifest: ExtractionManifest;
}

/**
 * What a run has published otherwise than another one of its connection.
 * @throws CodedError RUN_UNKNOWN, RUN_NOT_PUBLISHED, DIFFERENCE_…, ARTIFACT_DAMAGED, API_TEMPORAL_UNAVAILABLE
 */
export async function differenceOf(services: Services, request: DifferenceRequest): Promise<RunDifference> {
  const run = await published(services, request.workflowId, request.runId);
  const other = await baseOf(services, run, request.to);
  const connection = run.manifest.connection.qualifiedName;
  const { qualifiedName: otherConnection } = other.manifest.connection;
  if (otherConnection !== connection) throw DIFFERENCE_OTHER_CONNECTION({ connection, other: otherConnection });
  // Which of the two came first does not depend on how they are named.
  const [before, after] = Date.parse(other.startTime) <= Date.parse(run.startTime) ? [other, run] : [run, other];
  const entities = entitiesToCompare([before.manifest, after.manifest], request.type);
  if (entities > ENTITIES_MAX) throw DIFFERENCE_TOO_LARGE({ entities, limit: ENTITIES_MAX });
  const comparison = await compareRuns(services.objects, before.manifest, after.manifest, request);
  return {
    connection,
    before: placeOf(services, before),
    after: placeOf(services, after),
    ...shown(comparison),
    caveats: caveatsOf(before.manifest, after.manifest),
  };
}

async function published({ reader, manifests }: Services, workflowId: string, runIdGiven: string | undefined): Promise<PublishedRun> {
  const { runId, type, status, startTime, result } = await reader.read(workflowId, runIdGiven);
  if (!result) throw RUN_NOT_PUBLISHED({ status });
  if (!('manifest' in result)) throw DIFFERENCE_NOT_OF_ENTITIES({ type });
  return { workflowId, runId, startTime, manifest: await manifests.read(result.manifest) };
}

async function baseOf(services: Services, run: PublishedRun, to: string | undefined): Promise<PublishedRun> {
  const { client, reader } = services;
  const { qualifiedName: connection } = run.manifest.connection;
  const base = to === undefined ? await findRunBefore(client, connection, run) : await findRunById(client, reader, run.workflowId, to);
  if (!base) throw DIFFERENCE_NOTHING_BEFORE({ connection });
  return published(services, base.workflowId, base.runId);
}

function placeOf({ ui }: Services, { workflowId, runId, startTime }: PublishedRun) {
  return { workflowId, runId, startedAt: startTime, self: runLinks(workflowId, runId, ui).self };
}

function shown({ counts, added, removed, changed }: Comparison) {
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([typeName, of]) => ({ typeName, ...of }));
  const total = (change: keyof ChangeCounts): number => rows.reduce((sum, row) => sum + row[change], 0);
  const truncated = total('added') > added.length || total('removed') > removed.length || total('changed') > changed.length;
  return {
    counts: rows,
    added: [...added],
    removed: [...removed],
    changed: changed.map(({ attributes, ...entity }) => ({ ...entity, attributes: [...attributes] })),
    truncated,
  };
}
