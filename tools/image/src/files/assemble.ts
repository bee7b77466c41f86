import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { IMAGE_FILE_MISSING, IMAGE_LICENCE_NOT_ALLOWED, IMAGE_PACKAGE_UNKNOWN, IMAGE_TOO_LARGE } from '../errors.js';
import { cycloneDx } from '../inventory/cyclonedx.js';
import { isPermissive, licenceList, licenceOf } from '../inventory/licences.js';
import { LockFile, type LockedPackage } from '../lock/lock-file.js';
import { bundledPackages } from './bundled-packages.js';
import { contentId, largestParts, listFiles, setFileTimes } from './content.js';
import { externalPackages } from './external-packages.js';
import { healthProgram } from './health-program.js';
import { imageMetadata } from './image-metadata.js';
import { packageFiles } from './package-files.js';

/** Programs of an app; those that an app does not have are passed over, except the first. */
const PROGRAMS = ['main.js', 'failure-converter.js'];
const WORKFLOWS = 'workflow-bundle.js';
/** What Temporal's SDK needs to bundle workflows, and nobody loads where the bundle was made ahead. Types load nothing. */
const LEFT_OUT = /^(?:@swc\/core|swc-loader|source-map-loader|@types\/.*)$/;

export interface AssembleOptions {
  readonly workspaceRoot: string;
  /** Folder of the app below `apps/`; it has been built. */
  readonly app: string;
  /** Folder that is made anew: `app/` in it becomes `/app` of the image. */
  readonly into: string;
  /** Node's name of the architecture. @default that of this process */
  readonly architecture?: string;
}

export interface AssembledImage {
  /** Changes only when the content does. */
  readonly buildId: string;
  readonly bytes: number;
  readonly packages: number;
}

/**
 * Puts together what the image of a built app adds to its base: its programs, the packages that they load, and the
 * inventory of all packages whose code is in it.
 * @throws IMAGE_FILE_MISSING, IMAGE_PACKAGE_UNKNOWN, IMAGE_LICENCE_NOT_ALLOWED, IMAGE_TOO_LARGE
 */
export async function assemble({ workspaceRoot, app, into, architecture = process.arch }: AssembleOptions): Promise<AssembledImage> {
  const { version, budgetBytes, health, sites } = await imageMetadata(workspaceRoot, app);
  const dist = join(workspaceRoot, 'apps', app, 'dist');
  const folder = join(into, 'app');
  await rm(into, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });

  const isWorker = existsSync(join(workspaceRoot, 'apps', app, 'src', 'workflows.ts'));
  const programs = PROGRAMS.filter((name) => name === 'main.js' || existsSync(join(dist, name)));
  for (const name of [...programs, ...(isWorker ? [WORKFLOWS] : [])]) {
    if (!existsSync(join(dist, name))) throw IMAGE_FILE_MISSING({ app, file: `apps/${app}/dist/${name}` });
  }
  for (const name of programs) await writeFile(join(folder, name), withoutMap(await readFile(join(dist, name), 'utf8')));
  // The map inside this one holds no source text; the SDK reads it for the stacks of workflows.
  if (isWorker) await copyFile(join(dist, WORKFLOWS), join(folder, WORKFLOWS));
  await writeFile(join(folder, 'health.js'), healthProgram(health));
  for (const [name, place] of Object.entries(sites)) {
    if (existsSync(join(workspaceRoot, place))) await cp(join(workspaceRoot, place), join(folder, name), { recursive: true });
  }

  const lock = await LockFile.read(workspaceRoot);
  const loaded = await copyPackages({ workspaceRoot, lock, folder, app, programs: programs.map((name) => join(dist, name)), architecture });
  const bundles = [...programs, ...(isWorker ? [WORKFLOWS] : [])].map((name) => join(dist, name));
  const bundled = (await bundledPackages(workspaceRoot, bundles)).map((path) => lock.at(path)).filter((one) => one !== undefined);
  const packages = inventory(loaded, bundled);
  const refused = packages.filter(({ locked }) => !isPermissive(licenceOf(locked)));
  if (refused.length > 0) {
    const lines = refused.map(({ locked }) => `  ${locked.name} ${locked.version}: ${licenceOf(locked)}`);
    throw IMAGE_LICENCE_NOT_ALLOWED({ app, packages: lines.join('\n') });
  }
  await writeFile(join(folder, 'sbom.cdx.json'), cycloneDx({ app, version, packages }));
  await writeFile(join(folder, 'licences.txt'), await licenceList(workspaceRoot, packages.map(({ locked }) => locked)));

  const buildId = await contentId(folder);
  await writeFile(join(folder, 'build.json'), `${JSON.stringify({ app, version, buildId })}\n`);
  await setFileTimes(into);
  const files = await listFiles(folder);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > budgetBytes) throw IMAGE_TOO_LARGE({ app, bytes, budget: budgetBytes, largest: largestParts(files) });
  return { buildId, bytes, packages: packages.length };
}

interface CopyOptions {
  readonly workspaceRoot: string;
  readonly lock: LockFile;
  readonly folder: string;
  readonly app: string;
  readonly programs: readonly string[];
  readonly architecture: string;
}

/** Copies the packages that the programs load from disk, and gives them. */
async function copyPackages({ workspaceRoot, lock, folder, app, programs, architecture }: CopyOptions): Promise<LockedPackage[]> {
  const roots = (await externalPackages(programs)).map((name) => {
    const found = lock.resolve(name, '');
    if (!found) throw IMAGE_PACKAGE_UNKNOWN({ package: name, neededBy: app });
    return found;
  });
  const packages = lock.closure(roots, (name) => LEFT_OUT.test(name));
  for (const one of packages) {
    for (const file of await packageFiles(workspaceRoot, one, architecture)) {
      const target = join(folder, one.path, file);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(join(workspaceRoot, one.path, file), target);
    }
  }
  return packages;
}

function inventory(loaded: readonly LockedPackage[], bundled: readonly LockedPackage[]) {
  const byPath = new Map([...bundled.map((locked) => ({ locked, bundled: true })), ...loaded.map((locked) => ({ locked, bundled: false }))].map((one) => [one.locked.path, one]));
  return [...byPath.values()].sort((a, b) => (a.locked.path < b.locked.path ? -1 : 1));
}

function withoutMap(code: string): string {
  return code.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n');
}
