import { builtinModules } from 'node:module';

/** Temporal gives the sandbox its own versions of these built-ins. */
const SANDBOXED_BUILTINS = ['assert', 'url', 'util'];

const PACKAGES = [
  '@dapr/dapr',
  '@sinclair/typebox',
  '@temporalio/activity',
  '@temporalio/client',
  '@temporalio/core-bridge',
  '@temporalio/testing',
  '@temporalio/worker',
  'ajv',
  'kysely',
  'pg',
  'pino',
  'prom-client',
  'zod',
];

/** Modules that no workflow bundle may hold: they do I/O, differ between replays, or are too large for every workflow. */
export const FORBIDDEN_MODULES: readonly string[] = [
  ...builtinModules.filter((name) => !name.startsWith('_') && !SANDBOXED_BUILTINS.includes(name)),
  ...PACKAGES,
];

/** The forbidden module that an import's request stands for (`node:fs/promises` is `fs/promises`), if any. */
export function forbiddenRequest(request: string): string | undefined {
  const name = request.replace(/^node:/, '');
  return isForbidden(name) ? name : undefined;
}

/** The forbidden package that a resolved file lies in, if any: catches relative and indirect ways in. */
export function forbiddenFile(file: string): string | undefined {
  const inPackage = file.split(/[\\/]node_modules[\\/]/).at(-1);
  if (inPackage === undefined || inPackage === file) return undefined;
  return PACKAGES.find((name) => inPackage.replaceAll('\\', '/').startsWith(`${name}/`));
}

function isForbidden(name: string): boolean {
  return FORBIDDEN_MODULES.some((module) => name === module || name.startsWith(`${module}/`));
}
