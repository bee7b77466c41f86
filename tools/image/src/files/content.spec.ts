import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentId, largestParts, listFiles, setFileTimes } from './content.js';

describe('what an image holds', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tributary-image-'));
    mkdirSync(join(folder, 'node_modules/a'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/a/index.js'), '12345');
    writeFileSync(join(folder, 'main.js'), '123');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has an id that changes with a byte or a path, and not with a time', async () => {
    const id = await contentId(folder);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    await setFileTimes(folder);
    expect(await contentId(folder)).toBe(id);
    expect(statSync(join(folder, 'node_modules/a')).mtime).toEqual(statSync(join(folder, 'main.js')).mtime);
    writeFileSync(join(folder, 'main.js'), '124');
    const changed = await contentId(folder);
    expect(changed).not.toBe(id);
    writeFileSync(join(folder, 'other.js'), '');
    expect([id, changed]).not.toContain(await contentId(folder));
  });

  it('is summed up by its largest parts', async () => {
    expect(largestParts(await listFiles(folder))).toBe('  5 a\n  3 main.js');
  });
});
