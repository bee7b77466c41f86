import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** What a checkout has not, or what belongs to the stack of the checkout that is copied. */
const LEFT_OUT = new Set(['node_modules', '.git', '.nx', '.tributary', 'dist', 'test-output', 'coverage']);

/** A checkout of one's own, in which commands may start a stack, write files and build, whatever happens in this one. */
export interface WorkspaceCopy {
  readonly root: string;
  remove(): void;
}

/** Copies the workspace as it is on disk; the packages are shared by hard links, so that it takes a second. */
export function copyWorkspace(workspace: string): WorkspaceCopy {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'tributary-docs-'));
  cpSync(workspace, root, { recursive: true, filter: (path) => path === workspace || !LEFT_OUT.has(basename(path)) });
  for (const packages of ['node_modules', ...globSync('{docs,{apps,libs,tools}/*}/node_modules', { cwd: workspace })]) {
    sharePackages(join(workspace, packages), join(root, packages));
  }
  rememberPackages(root);
  // Of tens of thousands of files: by the system's own command, which takes a fraction of the time.
  return { root, remove: () => { execFileSync('rm', ['-rf', root]); } };
}

/** Says in the copy that its packages are those of its lock file: they are the ones that this runs on. */
function rememberPackages(root: string): void {
  // Of its own: what is shared would be changed for everybody.
  rmSync(join(root, 'node_modules', '.tributary-install'), { force: true });
  const code = `import { rememberInstall } from './tools/dev/install-state.mjs'; rememberInstall('.');`;
  execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: root });
}

function sharePackages(from: string, to: string): void {
  try {
    execFileSync('cp', ['-al', from, dirname(to)], { stdio: 'ignore' });
  } catch {
    // Another file system, or a `cp` that makes no links.
    rmSync(to, { recursive: true, force: true });
    symlinkSync(from, to);
  }
}
