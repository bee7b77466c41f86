import { spawn } from 'node:child_process';
import { findTemporal } from '../binaries/index.js';
import { readStackFile, stackLayout, workspaceRoot } from '../stack/index.js';

/** `npm run temporal -- …`: the Temporal CLI that was found, on the running stack unless an address is given. */
export async function temporal(args: readonly string[]): Promise<number> {
  const { path } = await findTemporal();
  const child = spawn(path, args, { stdio: 'inherit', env: { ...stackAddress(args), ...process.env } });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Commands that speak to a server. */
const OF_SERVER = new Set(['workflow', 'schedule', 'activity', 'batch', 'task-queue', 'operator', 'worker']);

function stackAddress(args: readonly string[]): Record<string, string> {
  const elsewhere = args.some((arg) => arg === '--address' || arg.startsWith('--address=')) || process.env['TEMPORAL_ADDRESS'];
  if (elsewhere || !OF_SERVER.has(args[0] ?? '')) return {};
  const { address, namespace } = readStackFile(stackLayout(workspaceRoot())).temporal;
  return { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
}
