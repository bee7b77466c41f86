import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { APPS, kubernetesFolder } from '../workspace.js';
import { ClusterApi } from './api.js';
import { endOf, podsOf, type PodEnd } from './ends.js';
import { APPS_NAMESPACE, kubectl, kubectlJson, rolledOut } from './kubectl.js';
import { parseOptions, USAGE, type Options } from './options.js';
import { extractionOf, makeLargeDatabase, startCatalog } from './trial-sources.js';
import { addSource, finishWork, growTree, sourceIsLive, startWork } from './work.js';

const startedAt = Date.now();
const say = (line: string): void => void process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(7)} s  ${line}\n`);
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const describeEnd = ({ pod, seconds: took, containers }: PodEnd): string =>
  `${pod} ended after ${took.toFixed(1)} s: ${Object.entries(containers).map(([name, { exitCode, finishedAt }]) => `${name} ${String(exitCode)} at ${finishedAt.slice(11, 19)}`).join(', ')}`;

/** Applies each app by itself. */
async function applyApps(): Promise<void> {
  for (const app of APPS) {
    const from = Date.now();
    const apply = ['apply', '-k', join(kubernetesFolder, 'overlays/development', app)];
    await kubectl(apply);
    await rolledOut(APPS_NAMESPACE, app);
    say(`${app} is ready ${seconds(Date.now() - from)} after it was applied`);
    const changed = (await kubectl(apply)).split('\n').filter((line) => !line.endsWith('unchanged'));
    if (changed.length > 0) throw new Error(`Applied again, these change: ${changed.join(', ')}`);
  }
}

async function imageOf(app: string): Promise<string> {
  const { spec } = await kubectlJson<{ spec: { template: { spec: { containers: { image: string }[] } } } }>(['-n', APPS_NAMESPACE, 'get', 'deployment', app]);
  return spec.template.spec.containers[0]?.image ?? '';
}

/** Replaces the Pods of all apps while work is under way; each must end by itself. */
async function rollAll(images: Options['images']): Promise<void> {
  await Promise.all(
    APPS.map(async (app) => {
      const old = await podsOf(app);
      const ends = old.map(({ name }) => endOf(name));
      const image = images.get(app);
      const change = image === undefined ? ['restart', `deployment/${app}`] : undefined;
      await kubectl(['-n', APPS_NAMESPACE, ...(change ? ['rollout', ...change] : ['set', 'image', `deployment/${app}`, `${app}=${image ?? ''}`])]);
      say(`${app}: rolling${image === undefined ? '' : ` to ${image}`}`);
      say(`${app}: new Pods are ready after ${seconds(await rolledOut(APPS_NAMESPACE, app))}`);
      for (const end of await Promise.all(ends)) checkEnd(end);
    }),
  );
}

/** @throws Error when a container was killed, or failed */
function checkEnd(end: PodEnd): void {
  say(describeEnd(end));
  const failed = Object.entries(end.containers).filter(([, { exitCode }]) => exitCode !== 0);
  if (failed.length > 0 || Object.keys(end.containers).length === 0) throw new Error(`${end.pod} did not end by itself: ${JSON.stringify(end.containers)}`);
}

async function deletePods(): Promise<void> {
  for (const app of APPS) {
    for (const { name } of await podsOf(app)) {
      const end = endOf(name);
      await delay(300);
      await kubectl(['-n', APPS_NAMESPACE, 'delete', 'pod', name, '--wait=false']);
      checkEnd(await end);
    }
    say(`${app} is ready again ${seconds(await rolledOut(APPS_NAMESPACE, app))} later`);
  }
}

async function main(options: Options): Promise<void> {
  await applyApps();
  const api = await ClusterApi.open();
  try {
    const sample = await api.completed(await api.start('extract-sql-metadata', extractionOf('sample', `trial-${startedAt.toString(36)}-sample`)));
    say(`The sample is extracted: ${JSON.stringify(sample.result)}`);
    await startCatalog(await imageOf('starter-api'));
    await growTree(api);
    say('A tree of live entities is whole');
    const database = await makeLargeDatabase(options.tables);
    say(`There is a database of ${String(options.tables)} tables`);
    const from = Date.now();
    const whole = await api.completed(await api.start('extract-sql-metadata', extractionOf(database, `trial-${from.toString(36)}-alone`)));
    say(`It is extracted undisturbed in ${seconds(Date.now() - from)}: ${JSON.stringify(whole.result)}`);
    const work = await startWork(api, database, options.extractions, options.events);
    say(`${String(options.extractions)} extractions of it and a flow of ${String(options.events)} events have begun`);
    await rollAll(options.images);
    for (const line of await finishWork(api, work, whole.result?.entities ?? {}, options.events)) say(line);
    await sourceIsLive(api, 'sales');
    await addSource(api, 'finance');
    say(`The tree is whole, and has grown. Calls that were made again: ${String(api.retries)}`);
    await deletePods();
    for (const app of APPS) for (const { name, restarts } of await podsOf(app)) if (restarts > 0) throw new Error(`${name} was restarted ${String(restarts)} times`);
    say('Every Pod is ready, and none was restarted');
  } finally {
    api.close();
  }
}

const args = process.argv.slice(2);
Promise.resolve()
  .then(() => (args.includes('--help') ? void process.stdout.write(`${USAGE}\n`) : main(parseOptions(args))))
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
