import { drain } from '../changes/drain.js';
import { makeCurrent, ramp } from '../changes/make-current.js';
import { describeDeployment, type DeploymentTarget } from '../versions/deployment.js';
import { countOpen } from '../versions/open-workflows.js';
import { queuesOf } from '../versions/pollers.js';
import type { Order } from './options.js';

/** Does what was asked for, and says what came of it. @throws CodedError DEPLOYMENT_* */
export async function runOrder(target: DeploymentTarget, order: Order, print: (line: string) => void): Promise<void> {
  const { deployment } = target;
  switch (order.action) {
    case 'status':
      return printStatus(target, print);
    case 'set-current': {
      const before = await makeCurrent(target, order.buildId);
      if (before === order.buildId) print(`${order.buildId} was the current build of ${deployment} already.`);
      else print(`${order.buildId} is the current build of ${deployment}${before === undefined ? '' : `; before it was ${before}, which drains now`}.`);
      return;
    }
    case 'ramp': {
      await ramp(target, order.buildId, order.percent);
      print(order.percent === 0 ? `${deployment} has no ramp any more.` : `${order.buildId} of ${deployment} gets ${String(order.percent)} % of the new workflows.`);
      return;
    }
    case 'drain': {
      const { buildId, timeoutMs, entities } = order;
      const asked = await drain(target, {
        buildId,
        timeoutMs,
        ...(entities && { entities }),
        onProgress: (progress) => {
          print(`${buildId} is ${progress.status}: ${String(progress.open)} workflows run on it, ${String(progress.asked)} entities were asked to go on.`);
        },
        onTrouble: (reason) => {
          print(`Temporal does not answer (${reason}); it is asked again.`);
        },
      });
      print(`${buildId} of ${deployment} is drained; ${String(asked)} entities were asked to go on. Its workers can be ended.`);
    }
  }
}

async function printStatus(target: DeploymentTarget, print: (line: string) => void): Promise<void> {
  const deployment = await describeDeployment(target);
  const { ramping } = deployment;
  print(`Worker Deployment ${deployment.name}, current build: ${deployment.current ?? 'none, so versioned workers get no new workflows'}`);
  if (ramping) print(`Ramp: ${String(ramping.percent)} % of the new workflows start on ${ramping.buildId}`);
  for (const { buildId, status, since } of deployment.versions) {
    const queues = await queuesOf(target, buildId);
    const open = await countOpen(target, buildId);
    const seen = queues.map(({ name, kind, pollers }) => `${name} (${kind}) by ${String(pollers.length)}`).join(', ');
    print(`  ${buildId}  ${status}  since ${since?.toISOString() ?? '?'}  ${String(open)} pinned workflows run; polled: ${seen || 'nothing'}`);
  }
}
