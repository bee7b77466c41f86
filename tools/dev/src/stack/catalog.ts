import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ManagedProcess } from '../process/index.js';
import { announcedUrl } from './announced-url.js';
import type { StackSecrets } from './infrastructure.js';
import type { StackLayout } from './layout.js';
import { writePrivateJson } from './private-file.js';
import { CATALOG_PORTS, rememberedPorts } from './remembered-ports.js';
import type { Supervisor } from './supervisor.js';

const READY_TIMEOUT_MS = 60_000;
const GENERATIONS = 9;

/** Tokens of the catalog, one generation after the other, and how the secret store names them: `catalog-1#token`, `catalog-2#token`, … */
export function catalogTokens(): { readonly tokens: readonly string[]; readonly secrets: StackSecrets } {
  const tokens = Array.from({ length: GENERATIONS }, () => randomBytes(24).toString('base64url'));
  return { tokens, secrets: Object.fromEntries(tokens.map((token, index) => [`catalog-${index + 1}`, { token }])) };
}

/** Starts a small data catalog as a process of its own, which accepts these tokens. Gives its base URL. */
export async function startCatalog(layout: StackLayout, supervisor: Supervisor, tokens: readonly string[]): Promise<string> {
  const { catalog: port } = await rememberedPorts(layout.ports, CATALOG_PORTS);
  const logFile = layout.log('catalog');
  const tokensFile = join(layout.root, 'catalog-tokens.json');
  writePrivateJson(tokensFile, tokens);
  // By path: the package stands on this one, and an import would close a circle.
  const main = join(layout.workspace, 'libs', 'testing', 'src', 'catalog-api', 'main.ts');
  const child = await supervisor.add(
    'Data catalog',
    ManagedProcess.start({
      name: 'The data catalog',
      command: process.execPath,
      args: ['--conditions=@tributary/source', '--import', 'tsx', main, '--port', String(port), '--tokens', tokensFile],
      cwd: layout.workspace,
      logFile,
    }),
  );
  let url: string | undefined;
  try {
    await child.ready(async () => (url = announcedUrl(logFile)) !== undefined, READY_TIMEOUT_MS);
  } finally {
    rmSync(tokensFile, { force: true });
  }
  return url ?? '';
}
