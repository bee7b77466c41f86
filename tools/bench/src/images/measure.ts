import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { APPS, startSidecarFor, startWorld, worldImages, type AppName, type StartAppOptions, type StartedApp, type World } from '@tributary/image/world';
import { docker, resident, savedBytes, startedAt, usage } from './engine.js';
import type { AppFigures, Figures, Measured, Size, Start } from './figures.js';
import { floor, writeFloors } from './floors.js';

const WORKSPACE = resolve(__dirname, '../../../..');
const POLL_MS = 10;
const READY_TIMEOUT_MS = 180_000;

export interface MeasureOptions {
  readonly starts: number;
  readonly idleSeconds: number;
  readonly tag: string;
  readonly baseImage: string;
  readonly say: (text: string) => void;
}

interface Subject {
  readonly name: string;
  /** The app whose port, environment and sidecar it has. */
  readonly app: AppName;
  readonly options: StartAppOptions;
}

/** Measures the images that have been built, and the floors, in turns. */
export async function measure({ starts, idleSeconds, tag, baseImage, say }: MeasureOptions): Promise<Figures> {
  const imageOf = (app: AppName): string => `tributary/${app}:${tag}`;
  const folder = await mkdtemp(join(tmpdir(), 'tributary-floors-'));
  await writeFloors(folder);
  const subjects: Subject[] = [
    { name: 'server', app: 'starter-api', options: floor(baseImage, 'server.js', folder) },
    { name: 'worker', app: 'sql-metadata-worker', options: floor(imageOf('sql-metadata-worker'), 'worker.js', folder) },
    ...APPS.map((app) => ({ name: app, app, options: { image: imageOf(app) } })),
  ];
  const world = await startWorld(worldImages(process.env));
  try {
    const rounds: Record<string, OneStart[]> = {};
    for (let round = 1; round <= starts; round += 1) {
      for (const subject of subjects) {
        const { started, ...one } = await startOnce(world, subject);
        await started.stop();
        (rounds[subject.name] ??= []).push(one);
        say(`${subject.name}, start ${String(round)}: ready after ${one.readyMillis.toFixed(0)} ms, ${one.cpuMillis.toFixed(0)} ms of processor time`);
      }
    }
    const idle = await idleFigures(world, subjects, idleSeconds);
    const measured = (name: string): Measured => ({ start: summary(rounds[name] ?? []), idle: idle[name] ?? { memoryBytes: NaN, residentBytes: NaN } });
    const base = { totalBytes: await unpacked(baseImage), savedBytes: await savedBytes(baseImage) };
    const apps: Record<string, AppFigures> = {};
    for (const app of APPS) apps[app] = { ...measured(app), size: await sizeOf(app, imageOf(app), base), requestedBytes: await requested(app) };
    return { starts, idleSeconds, baseImage, apps, floors: { worker: measured('worker'), server: measured('server') } };
  } finally {
    await world.stop();
    await rm(folder, { recursive: true });
  }
}

interface OneStart {
  readonly firstAnswerMillis: number;
  readonly readyMillis: number;
  readonly cpuMillis: number;
}

async function startOnce(world: World, { app, options }: Subject): Promise<OneStart & { started: StartedApp }> {
  const { url, start } = await startSidecarFor(world, app);
  const starting = start({ ...options, waitForHealth: false });
  const answers = await answersOf(`${url}/readyz`, starting);
  const started = await starting;
  const { cpuMillis } = await usage(started.id);
  const began = await startedAt(started.id);
  return { started, firstAnswerMillis: answers.first - began, readyMillis: answers.ready - began, cpuMillis };
}

/** When a URL first answered, and when it first answered with 200, while something is starting. */
async function answersOf(url: string, starting: Promise<unknown>): Promise<{ first: number; ready: number }> {
  let failure: Error | undefined;
  starting.catch((error: unknown) => (failure = error instanceof Error ? error : new Error(String(error))));
  const deadline = Date.now() + READY_TIMEOUT_MS;
  let first: number | undefined;
  for (;;) {
    const status = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.status, () => undefined);
    const now = Date.now();
    if (status !== undefined) first ??= now;
    if (status === 200) return { first: first ?? now, ready: now };
    if (failure !== undefined) throw failure;
    if (now > deadline) throw new Error(`${url} is not ready after ${String(READY_TIMEOUT_MS / 1_000)} s`);
    await delay(POLL_MS);
  }
}

async function idleFigures(world: World, subjects: readonly Subject[], seconds: number): Promise<Record<string, Measured['idle']>> {
  const running: { name: string; started: StartedApp }[] = [];
  const figures: Record<string, Measured['idle']> = {};
  try {
    for (const subject of subjects) running.push({ name: subject.name, started: (await startOnce(world, subject)).started });
    // What is measured is what is left after doing nothing for this long.
    await delay(seconds * 1_000);
    for (const { name, started } of running) {
      figures[name] = { memoryBytes: (await usage(started.id)).memoryBytes, residentBytes: await resident(started.id) };
    }
  } finally {
    for (const { started } of running) await started.stop();
  }
  return figures;
}

function summary(starts: readonly OneStart[]): Start {
  const of = (key: keyof OneStart): number => median(starts.map((one) => one[key]));
  return { millis: starts.map(({ readyMillis }) => readyMillis), readyMillis: of('readyMillis'), firstAnswerMillis: of('firstAnswerMillis'), cpuMillis: of('cpuMillis') };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function unpacked(image: string): Promise<number> {
  return Number(await docker('image', 'inspect', '--format', '{{.Size}}', image));
}

async function sizeOf(app: AppName, image: string, base: { totalBytes: number; savedBytes: number }): Promise<Size> {
  const { nx } = JSON.parse(await readFile(join(WORKSPACE, 'apps', app, 'package.json'), 'utf8')) as { nx: { metadata: { image: { budgetBytes: number } } } };
  return {
    totalBytes: await unpacked(image),
    baseBytes: base.totalBytes,
    addedCompressedBytes: (await savedBytes(image)) - base.savedBytes,
    budgetBytes: nx.metadata.image.budgetBytes,
  };
}

/** What the Deployment of an app requests for it. */
async function requested(app: AppName): Promise<number> {
  const manifest = await readFile(join(WORKSPACE, 'deploy/kubernetes/base', app, 'deployment.yaml'), 'utf8');
  const [, mebibytes] = /requests:\s+(?:\w+: \S+\s+)*?memory: (\d+)Mi/.exec(manifest) ?? [];
  if (mebibytes === undefined) throw new Error(`deploy/kubernetes/base/${app}/deployment.yaml requests no memory`);
  return Number(mebibytes) * 1_048_576;
}
