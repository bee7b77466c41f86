import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A real file system of a few megabytes, in memory. */
export interface SmallDisk {
  /** Its folder, for any process of this user as long as the disk is open. */
  readonly folder: string;
  /** Gives it another size. */
  resize(bytes: number): Promise<void>;
  /** Ends it; what was on it is gone. */
  close(): Promise<void>;
}

/** Mounts where nobody else sees it, tells the shell's pid in our namespace, and obeys sizes until its input ends. */
const HOLDER = `
mount -t tmpfs -o "size=$1,mode=0777" tributary /mnt || exit 1
echo ready
while read -r size; do mount -o "remount,size=$size" /mnt || exit 1; echo resized; done
`;

/**
 * Opens a disk of `bytes`. It is mounted in a mount namespace of its own, which needs no root where users may make user
 * namespaces, and goes with the process that holds it.
 * @returns undefined where this machine allows no such thing, and the reason
 */
export async function openSmallDisk(bytes: number): Promise<SmallDisk | { readonly impossible: string }> {
  if (process.platform !== 'linux') return { impossible: `there are no mount namespaces on ${process.platform}` };
  const holder = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', HOLDER, 'sh', String(bytes)], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  holder.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  holder.stdin.on('error', () => undefined);
  const lines = createInterface({ input: holder.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<string>((resolve) => {
    holder.once('error', (error) => { resolve(error.message); });
    holder.once('close', (code) => { resolve(`unshare ended with code ${String(code)}: ${said.trim()}`); });
  });
  const { value } = await lines.next();
  if (value !== 'ready') return { impossible: await ended };
  return {
    folder: `/proc/${String(holder.pid)}/root/mnt`,
    resize: async (size) => {
      holder.stdin.write(`${String(size)}\n`);
      if ((await lines.next()).value !== 'resized') throw new Error(`The disk could not be resized: ${await ended}`);
    },
    close: () => end(holder),
  };
}

async function end(holder: ChildProcess): Promise<void> {
  if (holder.exitCode !== null) return;
  holder.stdin?.end();
  await once(holder, 'exit');
}
