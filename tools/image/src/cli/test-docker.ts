import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { APPS, TEST_SYSTEM } from '../apps.js';
import { dockerClient } from '../docker/engine.js';
import { baseImages, missingImage } from '../test-run/foreign-images.js';
import { canInstall, prepare } from '../test-run/prepare.js';

/**
 * `test-docker [--where-possible] [-- jest's options]`, run at the workspace root: tests the images that have been built.
 * With `--where-possible` it builds them before, and where that cannot be done here it says why, in one line, and succeeds.
 */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: { 'where-possible': { type: 'boolean' } }, allowPositionals: true });
  const wherePossible = values['where-possible'] ?? false;
  const root = process.cwd();
  const cannot = (missing: string): number => {
    if (wherePossible) console.log(`Skipped: the tests of images need ${missing}.`);
    else console.error(`The tests of images need ${missing}.`);
    return wherePossible ? 0 : 1;
  };
  const prepared = await prepare(root, process.env, { pull: wherePossible });
  if ('missing' in prepared) return cannot(prepared.missing);
  const { env } = prepared;
  // Whoever ends the tests early must not be left with a system that runs.
  process.once('SIGTERM', () => {
    spawnSync(dockerClient(env), ['compose', '-p', TEST_SYSTEM, 'down', '-v', '--timeout', '5'], { env, stdio: 'ignore' });
    process.exit(1);
  });
  const tag = env['TRIBUTARY_TAG'] || 'local';
  if (wherePossible) {
    const { buildImage } = await baseImages(root, env);
    if (!(await canInstall(env, buildImage))) return cannot('packages from the registry inside a container');
    const built = await run(['node_modules/nx/dist/bin/nx.js', 'run-many', '-t', 'image', '-p', APPS.join(',')], root, env);
    if (built !== 0) return built;
  }
  const missing = await missingImage(APPS.map((app) => `tributary/${app}:${tag}`), env, { pull: false });
  if (missing !== undefined) return cannot(`the image ${missing}: \`npx nx run-many -t image\` builds all`);
  return run([join(root, 'node_modules/jest/bin/jest.js'), '-c', 'jest.docker.config.cjs', '-w', '1', ...positionals], join(root, 'tools/image'), env);
}

/** Runs a program of Node, and gives its exit code. */
function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, args, { cwd, env, stdio: 'inherit' })
      .once('error', reject)
      .once('close', (code) => {
        resolve(code ?? 1);
      });
  });
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
