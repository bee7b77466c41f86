import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { claimStack, requireDiskSpace, stackLayout, Supervisor, workspaceRoot } from '../stack/index.js';
import type { StackLayout } from '../stack/index.js';
import type { Screen } from '../terminal/index.js';
import { Interruption } from './interruption.js';

export interface StackContext {
  readonly layout: StackLayout;
  readonly supervisor: Supervisor;
}

/**
 * Claims the stack, runs `work`, and ends all that was started, whether work ends by itself, fails, a process dies, or
 * the user ends it.
 */
export async function withStack(screen: Screen, work: (context: StackContext) => Promise<number>): Promise<number> {
  const layout = stackLayout(workspaceRoot());
  requireDiskSpace(layout.root);
  const claim = await claimStack(layout);
  if (claim.ended.length > 0) screen.print(`Ended what a killed start had left: ${claim.ended.join(', ')}`);
  keepLastLogs(layout);
  const supervisor = new Supervisor((name, pid) => { claim.note(name, pid); });
  // The watchdog ends the rest.
  const interruption = new Interruption(() => process.exit(130));
  try {
    return await Promise.race([work({ layout, supervisor }), supervisor.death, interruption.happened]);
  } finally {
    screen.live(['Ending what was started …']);
    await supervisor.stopAll();
    screen.live([]);
    claim.release();
    interruption.release();
  }
}

function keepLastLogs(layout: StackLayout): void {
  const logs = dirname(layout.log('any'));
  const previous = `${logs}.previous`;
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(logs)) renameSync(logs, previous);
}
