import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { DEPLOYMENT_ABANDONED, DEPLOYMENT_IN_USE, DEPLOYMENT_NOT_DRAINED } from '../errors.js';
import { describeDeployment, versionOf, type DeploymentTarget } from '../versions/deployment.js';
import { countOpen, listOpen } from '../versions/open-workflows.js';
import { queuesOf, unpolled } from '../versions/pollers.js';
import { EntityUpgrade } from './upgrade-entities.js';

const LISTED = 5;
/** gRPC: deadline exceeded; not found, as a build is for a moment while it changes; resource exhausted; unavailable. */
const PASSING: readonly number[] = [4, 5, 8, 14];

export interface DrainOptions {
  readonly buildId: string;
  /** How long to wait, in milliseconds. */
  readonly timeoutMs: number;
  /** Workflow types of live entities. @default what the workflows themselves say */
  readonly entities?: readonly string[];
  /** @default 2000 */
  readonly intervalMs?: number;
  /** Told when something has changed. */
  readonly onProgress?: (progress: DrainProgress) => void;
  /** Told when Temporal has not answered, and will be asked again. */
  readonly onTrouble?: (reason: string) => void;
}

export interface DrainProgress {
  readonly status: string;
  /** Workflows that are still pinned to the build. */
  readonly open: number;
  /** Live entities that were asked to go on elsewhere, so far. */
  readonly asked: number;
}

/**
 * Waits until nothing runs on a build any more, and Temporal says so. Short workflows end on it; live entities are asked
 * to go on in a new run, which is one of the current build. It may wait for hours: that Temporal does not answer for a
 * while does not end it.
 * @returns how many entities were asked
 * @throws CodedError DEPLOYMENT_IN_USE, DEPLOYMENT_ABANDONED, DEPLOYMENT_NOT_DRAINED, DEPLOYMENT_ENTITIES_UNKNOWN, DEPLOYMENT_UNKNOWN, DEPLOYMENT_BUILD_UNKNOWN
 */
export async function drain(target: DeploymentTarget, options: DrainOptions): Promise<number> {
  const { buildId, timeoutMs, entities, intervalMs = 2000, onProgress, onTrouble } = options;
  const { deployment } = target;
  const until = Date.now() + timeoutMs;
  const upgrade = new EntityUpgrade(target, buildId, entities);
  let last = '';
  const look = async (): Promise<DrainProgress> => {
    const { status } = versionOf(await describeDeployment(target), buildId);
    if (status === 'current' || status === 'ramping') throw DEPLOYMENT_IN_USE({ buildId, deployment, status });
    const open = await countOpen(target, buildId);
    if (open > 0) {
      await requireWorkers(target, buildId, open);
      await upgrade.ask();
    }
    return { status, open, asked: upgrade.count };
  };
  for (let open = 0; ; ) {
    try {
      const progress = await look();
      ({ open } = progress);
      if (JSON.stringify(progress) !== last) onProgress?.(progress);
      last = JSON.stringify(progress);
      if (open === 0 && progress.status !== 'draining') return progress.asked;
    } catch (error) {
      const reason = passingTrouble(error);
      if (reason === undefined || Date.now() >= until) throw error;
      onTrouble?.(reason);
    }
    if (Date.now() >= until) {
      throw DEPLOYMENT_NOT_DRAINED({ buildId, deployment, seconds: Math.round(timeoutMs / 1000), reason: await whatHolds(target, buildId, open) });
    }
    await sleep(Math.max(1, Math.min(intervalMs, until - Date.now())));
  }
}

async function requireWorkers(target: DeploymentTarget, buildId: string, open: number): Promise<void> {
  const missing = unpolled(await queuesOf(target, buildId));
  if (missing.length > 0) throw DEPLOYMENT_ABANDONED({ open, buildId, deployment: target.deployment, queues: missing.join(', ') });
}

/** What Temporal said when it could not answer just now; undefined for every other error. */
function passingTrouble(error: unknown): string | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && PASSING.includes(cause.code) ? cause.details : undefined;
}

async function whatHolds(target: DeploymentTarget, buildId: string, open: number): Promise<string> {
  if (open === 0) return 'no workflow runs on it any more, but Temporal has not said so yet; it looks every three minutes';
  const listed: string[] = [];
  for await (const { workflowId, type } of listOpen(target, buildId)) {
    listed.push(`${workflowId} (${type})`);
    if (listed.length === LISTED) break;
  }
  return `${String(open)} workflows still run on it, among them ${listed.join(', ')}`;
}
