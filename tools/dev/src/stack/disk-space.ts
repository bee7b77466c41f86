import { mkdirSync, statfsSync } from 'node:fs';
import { DEV_DISK_FULL } from '../errors.js';
import { formatBytes } from '../terminal/index.js';

/** PostgreSQL's write-ahead log alone takes 80 MB. */
const NEEDED_BYTES = 500_000_000;

/** @throws DEV_DISK_FULL when the file system of `folder` has too little room for a start */
export function requireDiskSpace(folder: string, needed = NEEDED_BYTES): void {
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < needed) throw DEV_DISK_FULL({ folder, free: formatBytes(free), needed: formatBytes(needed) });
}

/** Whether a message or a log speaks of a full disk. */
export function speaksOfFullDisk(text: string): boolean {
  return /ENOSPC|No space left on device|database or disk is full/i.test(text);
}
