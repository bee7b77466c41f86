import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The environment that an app's package.json asks for wherever it runs (`nx.metadata.runEnvironment`): flags of Node.js
 * and of the allocator that can only be set from outside, and that its memory is measured with.
 */
export function runEnvironment(workspace: string, app: string): Readonly<Record<string, string>> {
  const manifest = JSON.parse(readFileSync(join(workspace, 'apps', app, 'package.json'), 'utf8')) as {
    readonly nx?: { readonly metadata?: { readonly runEnvironment?: Readonly<Record<string, string>> } };
  };
  return manifest.nx?.metadata?.runEnvironment ?? {};
}
