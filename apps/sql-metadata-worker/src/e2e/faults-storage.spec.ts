import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { WorkflowHandle } from '@temporalio/client';
import { openSmallDisk, startRestartablePostgres, type RestartablePostgres, type SmallDisk } from '@tributary/testing/faults';
import { collectPlaces, placesWith } from '@tributary/testing/stack';
import { ExtractionBed, PASSWORD_REF } from './extraction-bed.js';

const ENOUGH = 256 * 1024 * 1024;
/** Holds the first shards of a run, not all. */
const TOO_SMALL = 256 * 1024;

describe('an extraction', () => {
  let state: RestartablePostgres;
  let bed: ExtractionBed;
  let disk: SmallDisk | undefined;
  let calm: Record<string, string>;
  const received: Buffer[] = [];
  const passwords = [1, 2].map(() => `ü/"${randomBytes(12).toString('hex')}`);
  const [first = '', second = ''] = passwords;

  beforeAll(async () => {
    const opened = await openSmallDisk(ENOUGH);
    if ('impossible' in opened) process.stderr.write(`SKIPPED: the test of a full disk, which this machine cannot have: ${opened.impossible}\n`);
    else disk = opened;
    state = await startRestartablePostgres();
    bed = await ExtractionBed.start(state, { password: first, ...(disk && { objects: disk.folder }), environment: { TRIBUTARY_LOG_LEVEL: 'trace' } });
    calm = await (await bed.published(await bed.begin())).fingerprint();
  }, 180_000);

  afterAll(async () => {
    await bed?.stop();
    await state?.stop();
    await disk?.close();
  }, 60_000);

  it('has every row once when its source is restarted in the middle', async () => {
    const handle = await bed.beginAndWait();
    await bed.source.crash();
    await bed.untilFailedWith(handle, 'SQL_SOURCE_UNREACHABLE');
    await bed.source.startAgain();
    expect(await (await bed.published(handle)).fingerprint()).toEqual(calm);
    await keep(handle);
  }, 120_000);

  it('signs in with the new password when that was changed while its source was restarted', async () => {
    const handle = await bed.beginAndWait();
    await bed.crashWithNewPassword(second);
    await bed.untilFailedWith(handle, 'SQL_SOURCE_UNREACHABLE');
    await bed.source.startAgain();
    expect(await (await bed.published(handle)).fingerprint()).toEqual(calm);
    await keep(handle);
  }, 120_000);

  it('waits with its announcement while the database of the state store is away', async () => {
    await state.crash();
    const handle = await bed.begin();
    expect(await bed.untilFailedWith(handle, 'STATE_STORE_UNAVAILABLE', 60_000)).toMatchObject({ type: 'publishRun' });
    // The data is there, and no reader was told so yet.
    expect(bed.isPublished(handle)).toBe(true);
    await state.startAgain();
    expect(await (await bed.published(handle)).fingerprint()).toEqual(calm);
  }, 120_000);

  it('waits for room when the disk of the object store is full, leaves nothing half written, and goes on', async () => {
    if (!disk) return;
    await disk.resize(TOO_SMALL + used());
    const handle = await bed.begin();
    const { message } = await bed.untilFailedWith(handle, 'OBJECT_STORE_FULL', 60_000);
    expect(message).toContain('Free space');
    expect(bed.isPublished(handle)).toBe(false);
    await disk.resize(ENOUGH);
    const run = await bed.published(handle);
    expect(await run.fingerprint()).toEqual(calm);
    expect(staged()).toEqual([]);
    const listed = run.manifest.shards.map(({ uri }) => uri.slice(uri.indexOf(run.manifest.runId) + run.manifest.runId.length + 1));
    expect(bed.files(handle).sort()).toEqual([...listed, 'manifest.json'].sort());
  }, 120_000);

  it('cleans up what it had staged when it is cancelled on a full disk', async () => {
    if (!disk) return;
    await disk.resize(TOO_SMALL + used());
    const handle = await bed.begin();
    await bed.untilFailedWith(handle, 'OBJECT_STORE_FULL', 60_000);
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    expect([bed.files(handle), staged()]).toEqual([[], []]);
    await disk.resize(ENOUGH);
    expect(await (await bed.published(await bed.begin())).fingerprint()).toEqual(calm);
  }, 120_000);

  it('has told no password to anybody, whatever failed', async () => {
    const objects = readdirSync(bed.objects, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      if (!entry.isFile()) return [];
      const body = readFileSync(join(entry.parentPath, entry.name));
      return [entry.name.endsWith('.gz') ? gunzipSync(body) : body];
    });
    const places = await collectPlaces({ stack: bed.stack, apps: [bed.worker], received: { histories: received, objects } });
    for (const password of passwords) expect(placesWith(places, password)).toEqual([]);
    // The search would have found them: it finds what may be there.
    expect(placesWith(places, 'extractBatch')).toEqual(expect.arrayContaining(['worker-1.log', 'temporal.sqlite']));
    expect(placesWith(places, 'SQL_SOURCE_UNREACHABLE')).toEqual(expect.arrayContaining(['temporal.sqlite', 'histories']));
    expect(placesWith(places, PASSWORD_REF)).toEqual(expect.arrayContaining(['temporal.sqlite', 'histories']));
    expect(placesWith(places, 'qualifiedName')).toContain('objects');
  }, 60_000);

  /** Keeps the history of a run, in the clear. */
  async function keep(handle: WorkflowHandle): Promise<void> {
    const asText = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString() : value);
    received.push(Buffer.from(JSON.stringify(await handle.fetchHistory(), asText)));
  }

  /** Bytes on the disk. */
  function used(): number {
    const { blocks, bfree, bsize } = statfsSync(bed.objects);
    return (blocks - bfree) * bsize;
  }

  function staged(): string[] {
    return readdirSync(join(bed.objects, '.tributary-staging')).filter((name) => name.endsWith('.part'));
  }
});
