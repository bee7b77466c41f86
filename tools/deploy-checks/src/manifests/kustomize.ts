import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { workspaceRoot } from '../workspace.js';

/** A Kubernetes object, as far as the checks read it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export type Kustomize = { readonly path: string } | { readonly missing: string };

let found: Kustomize | undefined;

/** Kustomize of this machine, made first where there is none; or why it can't be had. */
export function kustomize(): Kustomize {
  found ??= find();
  return found;
}

function find(): Kustomize {
  const program = join(workspaceRoot, 'tools/deploy-checks/src/cli/find-kustomize.ts');
  const args = ['--conditions=@tributary/source', '--import', 'tsx', program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: workspaceRoot, encoding: 'utf8' });
  return status === 0 ? { path: stdout.trim() } : { missing: stderr.trim() };
}

/** What `kustomize build` makes of a folder. @throws Error with what it says when it fails, or can't be had */
export function render(folder: string): Manifest[] {
  const program = kustomize();
  if ('missing' in program) throw new Error(program.missing);
  const output = execFileSync(program.path, ['build', folder], { encoding: 'utf8', maxBuffer: 32 * 1024 * 1024 });
  return parseAllDocuments(output).map((document) => document.toJS() as Manifest);
}

/** The same for a folder with optional components added, as a user adds them. */
export function renderWith(folder: string, components: readonly string[]): Manifest[] {
  return renderOverlay({ resources: [folder], components });
}

/** The same for an overlay that is in no file; its resources and components are absolute paths. */
export function renderOverlay(overlay: { readonly resources: readonly string[]; readonly components?: readonly string[] }): Manifest[] {
  const output = join(workspaceRoot, 'tools/deploy-checks/test-output');
  mkdirSync(output, { recursive: true });
  const scratch = mkdtempSync(join(output, 'kustomize-'));
  try {
    const from = (path: string): string => relative(scratch, path);
    const { resources, components = [] } = overlay;
    writeFileSync(join(scratch, 'kustomization.yaml'), stringify({ ...overlay, resources: resources.map(from), components: components.map(from) }));
    return render(scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The one object of a kind. @throws Error when there is another number */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const [first, ...others] = manifests.filter((one) => one.kind === kind);
  if (!first || others.length > 0) throw new Error(`There are ${String(others.length + (first ? 1 : 0))} objects of kind ${kind}, not one`);
  return first;
}
