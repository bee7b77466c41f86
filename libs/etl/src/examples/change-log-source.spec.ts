import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { FlowTestBed } from '../e2e/flow-test-bed.js';
import { SourceRegistry } from '../index.js';
import { changeLogSource } from './change-log-source.js';

const WORKSPACE = resolve(__dirname, '../../../..');
const PAGE = 3;

const changes = Array.from({ length: 8 }, (_, index) => ({
  id: index + 1,
  document: `d${(index % 2) + 1}`,
  kind: index < 2 ? 'created' : 'edited',
  at: `2026-01-0${index + 1}T09:00:00+02:00`,
  author: index === 4 ? null : 'ada',
  reviewers: index === 5 ? ['brook', 'chidi'] : [],
}));

describe('the source of the guide', () => {
  let bed: FlowTestBed;
  let server: Server;
  let failures = 0;
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      asked.push(url.pathname + url.search);
      if (failures-- > 0) return response.writeHead(503).end();
      if (!url.pathname.startsWith('/spaces/handbook/')) return response.writeHead(404).end();
      const since = url.searchParams.get('since') ?? '';
      const from = Number(url.searchParams.get('page_token') ?? 0);
      const found = changes.filter(({ at }) => new Date(at) >= new Date(since));
      const next = from + PAGE < found.length ? { next_page_token: String(from + PAGE) } : {};
      return response.end(JSON.stringify({ changes: found.slice(from, from + PAGE), ...next }));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    bed = await FlowTestBed.start();
  }, 60_000);

  beforeEach(async () => {
    asked.length = 0;
    const { port } = server.address() as AddressInfo;
    await bed.reset({ registry: new SourceRegistry([changeLogSource({ url: `http://127.0.0.1:${port}` })]) });
  }, 60_000);

  afterAll(async () => {
    await bed?.stop();
    server.close();
  }, 60_000);

  const input = (more: object = {}) => ({
    type: 'ChangeLogQuery',
    args: { spaces: ['handbook'], data_date_start: '2026-01-02', data_date_end: '2026-01-08T07:00:00Z', ...more },
  });

  it('is read page by page, through a failure, and its events are loaded', async () => {
    failures = 1;
    const result = await bed.run(input());
    expect(result.types).toEqual({ 'document.created': 1, 'document.edited': 5 });
    expect(asked).toHaveLength(4);
    const events = await bed.events();
    expect(events.map(({ id }) => id)).toEqual([2, 3, 4, 5, 6, 7].map((id) => `change-${id}`));
    expect(events[0]).toMatchObject({ parent_id: 'document-d2', time_utc: '2026-01-02T07:00:00.000000Z', source_kind_id: 'change-log' });
    const ada = events[0]?.employee_id;
    expect(events[3]?.employee_id).toBeNull();
    const { reviewers } = events[4]?.relation_properties as { reviewers: string[] };
    expect(reviewers).toHaveLength(2);
    expect(reviewers).not.toContain(ada);
    expect(JSON.stringify(events)).not.toMatch(/ada|brook|chidi/);
  }, 60_000);

  it('is asked for what is new in an incremental run', async () => {
    const first = await bed.run(input({ incremental: true }));
    await bed.run(input({ incremental: true }));
    expect(asked[0]).toContain(`since=${encodeURIComponent(first.window.start)}`);
    expect(asked.at(-1)).toMatch(/since=2\d{3}-\d\d-\d\dT/);
    expect(asked.at(-1)).not.toContain(encodeURIComponent(first.window.start));
  }, 60_000);

  it('says which space could not be read, and loads the others', async () => {
    const { type, details } = await bed.failureOf(await bed.start(input({ spaces: ['handbook', 'attic'] })));
    expect(type).toBe('ETL_RUN_INCOMPLETE');
    expect(await bed.report(details[1] as never)).toMatchObject([
      { subject: 'attic', outcome: 'failed', problems: [{ code: 'CHANGE_LOG_REFUSED' }] },
      { subject: 'handbook', outcome: 'done' },
    ]);
  }, 60_000);

  it('names every argument that is wrong', async () => {
    const { type, message } = await bed.failureOf(await bed.start({ type: 'ChangeLogQuery', args: { space: 'handbook' } }));
    expect(type).toBe('ETL_ARGS_INVALID');
    expect(message).toContain('/spaces: received nothing, allowed: Names of spaces.');
    expect(message).toContain('did you mean spaces?');
    expect(message).toContain('/data_date_start: received nothing');
  }, 60_000);
});

describe('the guide', () => {
  const guide = readFileSync(resolve(WORKSPACE, 'docs/guides/own-source.md'), 'utf8');
  const shown = [...guide.matchAll(/^```ts file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, file, code]) => ({ file: file ?? '', code: code ?? '' }));

  it('shows code of this repository', () => {
    expect(shown.map(({ file }) => file)).toContain('libs/etl/src/examples/change-log-source.ts');
  });

  it.each(shown)('shows $file as it is', ({ file, code }) => {
    expect(readFileSync(resolve(WORKSPACE, file), 'utf8')).toContain(code);
  });
});
