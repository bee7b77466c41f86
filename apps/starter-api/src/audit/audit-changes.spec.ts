import { bearer, TEST_KEYS } from '../testdata/access.js';
import { inputFor, startFixture, type ApiUnderTest, type Fixture } from '../testdata/fixture.js';
import { createLogger } from '@tributary/common/logging';

const START = '/v1/runs/extract-sql-metadata';

let fixture: Fixture;
let api: ApiUnderTest;

beforeAll(async () => {
  fixture = await startFixture();
  api = await fixture.startApi();
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

/** Audit lines of requests with an id. */
function audited(requestId: string, lines = api.lines): Record<string, unknown>[] {
  return lines.map((line) => (JSON.parse(line) as { audit?: Record<string, unknown> }).audit).filter((audit) => audit?.['requestId'] === requestId) as Record<string, unknown>[];
}

const post = (path: string, id: string, headers: Record<string, string>, body?: unknown, to = api) =>
  fetch(`${to.url}${path}`, {
    method: 'POST',
    headers: { 'x-request-id': id, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

it('has one line of each change: who, what, on what, and what came of it', async () => {
  await post(START, 'started', bearer(TEST_KEYS.operator), inputFor('wait', 'audited'));
  const run = 'extract-sql-metadata~default~postgres~audited';
  await post(`/v1/runs/${run}/cancel`, 'cancelled', bearer());
  const caller = { caller: 'test-operator', kind: 'api-key', role: 'operator', address: '127.0.0.1' };
  expect(audited('started')).toEqual([{ ...caller, operation: 'startExtractSqlMetadata', target: {}, outcome: 202, requestId: 'started' }]);
  expect(audited('cancelled')).toMatchObject([{ caller: 'test-admin', role: 'admin', operation: 'cancelRun', target: { workflowId: run }, outcome: 202 }]);
});

it('has one of each that was refused, also of those whom nobody knows, of whose request it keeps nothing', async () => {
  await post('/v1/runs/some-run/cancel', 'unknown-caller', {});
  await post('/v1/runs/some-run/cancel', 'viewer', bearer(TEST_KEYS.viewer));
  await post('/v1/runs/some-run/cancel', 'unknown-run', bearer());
  await post('/v1/runs/some-run/cancel', 'stranger', { ...bearer(), origin: 'https://evil.example.com' });
  await post(START, 'invalid', bearer(), { password: 'hunter2hunter2' });
  const outcome = (id: string) => audited(id).map(({ caller, operation, outcome: status, code, target }) => [caller, operation, status, code, target]);
  expect(outcome('unknown-caller')).toEqual([[null, 'cancelRun', 401, 'AUTH_REQUIRED', undefined]]);
  expect(outcome('viewer')).toEqual([['test-viewer', 'cancelRun', 403, 'AUTH_FORBIDDEN', { workflowId: 'some-run' }]]);
  expect(outcome('unknown-run')).toEqual([['test-admin', 'cancelRun', 404, 'RUN_UNKNOWN', { workflowId: 'some-run' }]]);
  expect(outcome('stranger')).toEqual([[null, 'cancelRun', 403, 'API_ORIGIN_REFUSED', undefined]]);
  expect(outcome('invalid')).toEqual([['test-admin', 'startExtractSqlMetadata', 400, 'INPUT_HOLDS_CREDENTIAL', {}]]);
  expect(api.lines.join()).not.toContain('hunter2');
});

it('has none of what changes nothing', async () => {
  for (const path of ['/v1/runs', '/v1/runs/some-run', '/livez']) await api.fetch(path, { headers: { 'x-request-id': 'read' } });
  expect(api.lines.join()).toContain('"read"');
  expect(audited('read')).toEqual([]);
});

it('is kept whatever the level of logging', async () => {
  const lines: string[] = [];
  const log = createLogger({ name: 'quiet', level: 'error', destination: { write: (line) => void lines.push(line) } });
  const quiet = await fixture.startApi({ log });
  await post('/v1/runs/some-run/cancel', 'quiet', bearer(), undefined, quiet);
  expect(lines).toHaveLength(1);
  expect(audited('quiet', lines)).toHaveLength(1);
});
