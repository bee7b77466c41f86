import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findTemporal } from '@tributary/dev/binaries';
import { createWorld, micros } from '@tributary/testing/launchpad';
import { compareWithList, readMetricPage } from '@tributary/testing/stack';
import type { EtlFlowResult } from '@tributary/workflow-contracts/etl';
import { LaunchpadBed } from './launchpad-bed.js';
import { startLookAlike } from './look-alike.js';
import { plainCounts } from './plain-counts.js';

const SIZE = { seed: 7, bugs: 120, proposals: 40, questions: 40 };
const WINDOW = { data_date_start: '2026-01-01', data_date_end: '2026-10-01' };
/** Direct and indirect members of the team that are no teams themselves. */
const MEMBERS = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];

describe('the Launchpad worker', () => {
  let folder: string;
  let lookAlike: Awaited<ReturnType<typeof startLookAlike>>;
  let bed: LaunchpadBed;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'look-alike-'));
    lookAlike = await startLookAlike(folder, SIZE);
    bed = await LaunchpadBed.start({ serviceRoot: lookAlike.url });
  }, 120_000);

  afterAll(async () => {
    await bed?.stop();
    await lookAlike?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  async function temporal(...args: string[]): Promise<{ status: string; result: EtlFlowResult }> {
    const { path } = await findTemporal();
    const { address } = bed.stack.temporal;
    const { stdout } = await promisify(execFile)(path, [...args, '--address', address, '--output', 'json']);
    return JSON.parse(stdout) as { status: string; result: EtlFlowResult };
  }

  it('loads as many events of people as the world has', async () => {
    const result = await bed.run({ members: MEMBERS, ...WINDOW });
    const world = createWorld(SIZE);
    const window = { start: micros('2026-01-01T00:00:00Z'), end: micros('2026-10-01T00:00:00Z') };
    const expected = plainCounts(world, new Set(MEMBERS), window);
    expect(Object.keys(expected)).toHaveLength(3);
    expect(result.types).toMatchObject(expected);
    const rows = await bed.events();
    expect(rows).toHaveLength(result.events.inserted);
    expect(result.subjects).toEqual({ done: MEMBERS.length, private: 0, gone: 0, failed: 0 });
    expect((await bed.report(result)).map(({ subject, outcome }) => [subject, outcome])).toEqual(MEMBERS.map((name) => [name, 'done']));
    expect(rows.every(({ employee_id }) => employee_id === null || /^h-[\w-]{22}$/.test(employee_id))).toBe(true);
  }, 120_000);

  it('finds everything unchanged the second time, with Temporal\'s own command line too', async () => {
    const before = await bed.events();
    const input = join(bed.stack.folder, 'query.json');
    const args = { application_name: 'my-app', service_root: lookAlike.url, version: 'devel', member: 'alice', ...WINDOW };
    await writeFile(input, JSON.stringify({ type: 'LaunchpadQuery', args }));
    const { status, result } = await temporal('workflow', 'execute', '--type', 'EtlFlow', '--task-queue', 'launchpad', '--input-file', input);
    expect([status, result.events.inserted, result.events.updated]).toEqual(['COMPLETED', 0, 0]);
    expect(result.events.unchanged).toBeGreaterThan(10);
    expect(await bed.events()).toEqual(before);
  }, 60_000);

  it('loads the members of a team, one by one, in any window', async () => {
    await bed.clear();
    const [half, rest] = [
      await bed.run({ team: 'platform', ...WINDOW, data_date_end: '2026-05-01' }),
      await bed.run({ team: 'platform', ...WINDOW, data_date_start: '2026-05-01' }),
    ];
    const parts = await bed.events();
    expect(half.events.inserted + rest.events.inserted).toBe(parts.length);
    await bed.clear();
    expect((await bed.run({ team: 'platform', ...WINDOW })).events.inserted).toBe(parts.length);
    expect(await bed.events()).toEqual(parts);
  }, 120_000);

  it('makes events without any source, from the example that users of old have', async () => {
    const args = { application_name: 'my-app', service_root: 'production', version: 'devel', member: 'username', data_date_start: '2023-01-01', data_date_end: '2023-03-31' };
    const input = JSON.stringify({ type: 'LaunchpadQuery', args });
    const { status, result } = await temporal('workflow', 'execute', '--type', 'MockFlow', '--task-queue', 'launchpad', '--input', input);
    expect(status).toBe('COMPLETED');
    expect(result.events.inserted).toBeGreaterThan(0);
  }, 60_000);

  it('reports a suspended member, and fails with all the rest when one that was named is not there', async () => {
    const green = await bed.run({ members: ['alice', 'mallory'], ...WINDOW });
    expect(green.subjects).toMatchObject({ done: 1, gone: 1, failed: 0 });
    const handle = await bed.begin({ members: ['alice', 'no-such-person'], ...WINDOW });
    const error = (await handle.result().catch((thrown: unknown) => thrown)) as { cause: { type: string; details: [unknown, EtlFlowResult] } };
    expect(error.cause.type).toBe('ETL_RUN_INCOMPLETE');
    expect(error.cause.details[1].subjects).toMatchObject({ done: 1, failed: 1 });
    expect(await bed.report(error.cause.details[1])).toEqual(
      expect.arrayContaining([expect.objectContaining({ subject: 'no-such-person', outcome: 'failed' })]),
    );
  }, 60_000);

  it('refuses hosts that are not configured', async () => {
    const handle = await bed.begin({ member: 'alice', service_root: 'http://169.254.169.254/', ...WINDOW });
    await expect(handle.result()).rejects.toMatchObject({ cause: { cause: { type: 'LAUNCHPAD_SERVICE_ROOT_REFUSED', nonRetryable: true } } });
  }, 60_000);

  it('goes on under other ids for other people when the table of identities says who they are', async () => {
    await bed.query("INSERT INTO tributary.identities (source_kind_id, name, employee_id) VALUES ('launchpad', 'alice', 'E-1')");
    await bed.restart();
    await bed.clear();
    await bed.run({ member: 'alice', ...WINDOW });
    const ids = new Set((await bed.events()).map(({ employee_id }) => employee_id));
    expect([...ids].filter((id) => id !== null)).toEqual(['E-1']);
  }, 60_000);

  it('has a workflow id of the caller\'s choice', async () => {
    const workflowId = `backfill-${randomUUID()}`;
    await (await bed.begin({ project: 'estuary', ...WINDOW }, workflowId)).result();
    expect((await bed.client.workflow.getHandle(workflowId).describe()).status.name).toBe('COMPLETED');
  }, 60_000);

  it('shows on its page of metrics what is listed, and nothing else', async () => {
    expect(compareWithList('launchpad-worker', await readMetricPage(bed.worker))).toEqual({ unlisted: [], missing: [] });
  });
});
