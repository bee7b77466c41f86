import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSmallDisk } from './small-disk.js';

it('is full when it is full, takes more when it has grown, and is gone when it is closed', async () => {
  const disk = await openSmallDisk(256 * 1024);
  if ('impossible' in disk) {
    process.stderr.write(`SKIPPED: no small disk on this machine: ${disk.impossible}\n`);
    return;
  }
  try {
    await mkdir(join(disk.folder, 'a', 'b'), { recursive: true });
    const write = (): Promise<void> => writeFile(join(disk.folder, 'a', 'b', 'file'), Buffer.alloc(512 * 1024));
    await expect(write()).rejects.toMatchObject({ code: 'ENOSPC' });
    await disk.resize(1024 * 1024);
    await write();
    expect(await readdir(join(disk.folder, 'a', 'b'))).toEqual(['file']);
  } finally {
    await disk.close();
  }
  expect(existsSync(disk.folder)).toBe(false);
});
