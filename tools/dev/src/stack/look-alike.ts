import { join } from 'node:path';
import { ManagedProcess } from '../process/index.js';
import { announcedUrl } from './announced-url.js';
import type { StackLayout } from './layout.js';
import { LOOK_ALIKE_PORTS, rememberedPorts } from './remembered-ports.js';
import type { Supervisor } from './supervisor.js';

const READY_TIMEOUT_MS = 60_000;
/** What is in the world that it makes when nothing else is asked for. */
const SAMPLE = { team: 'platform', from: '2025-11-01', to: '2026-11-01' } as const;

/** A Launchpad that only looks like one, with a small world in it. */
export interface LookAlike {
  /** Its service root. */
  readonly url: string;
  /** A team of its world. */
  readonly team: string;
  /** Span of time in which its world has its events, as dates, end exclusive. */
  readonly from: string;
  readonly to: string;
}

/** Starts the look-alike Launchpad as a process of its own. */
export async function startLookAlike(layout: StackLayout, supervisor: Supervisor): Promise<LookAlike> {
  const { lookAlike: port } = await rememberedPorts(layout.ports, LOOK_ALIKE_PORTS);
  const logFile = layout.log('launchpad-look-alike');
  // By path: the package stands on this one, and an import would close a circle.
  const main = join(layout.workspace, 'libs', 'testing', 'src', 'launchpad', 'main.ts');
  const child = await supervisor.add(
    'Look-alike Launchpad',
    ManagedProcess.start({
      name: 'The look-alike Launchpad',
      command: process.execPath,
      args: ['--conditions=@tributary/source', '--import', 'tsx', main, '--port', String(port)],
      cwd: layout.workspace,
      logFile,
    }),
  );
  let url: string | undefined;
  await child.ready(async () => (url = announcedUrl(logFile)) !== undefined, READY_TIMEOUT_MS);
  return { url: url ?? '', ...SAMPLE };
}
