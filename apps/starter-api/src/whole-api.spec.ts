import { CheckedClient, type Exchange, type Operation } from './testdata/checked-client.js';
import { TEST_KEYS } from './testdata/access.js';
import { callEveryOperation } from './testdata/fuzz/every-operation.js';
import { findSchemathesis, whyNoSchemathesis } from './testdata/fuzz/find-schemathesis.js';
import { startFuzzStack, type FuzzStack } from './testdata/fuzz/fuzz-stack.js';
import { runSchemathesis } from './testdata/fuzz/run-schemathesis.js';
import type { KnownNames } from './testdata/fuzz/configuration.js';

const START_MS = 120_000;
const INSTALL_MS = 300_000;
const FUZZ_SECONDS = 45;
const KEYLESS_SECONDS = 15;

/** Operations that cannot succeed, and what they answer at best. */
const NEVER: Readonly<Record<string, number>> = { pauseRun: 409, resumeRun: 409 };

let stack: FuzzStack;
let http: CheckedClient;
let known: KnownNames;
let succeeded: Map<string, Exchange>;

beforeAll(async () => {
  stack = await startFuzzStack({ built: false });
  http = await CheckedClient.of(stack.url);
  known = await callEveryOperation(http, stack);
  succeeded = new Map(http.exchanges.flatMap((exchange) => (exchange.operationId !== undefined && exchange.status < 300 ? [[exchange.operationId, exchange]] : [])));
}, START_MS);

afterAll(() => stack?.stop(), 60_000);

interface Entry extends Operation {
  readonly method: string;
  readonly template: string;
}

function operations(): Entry[] {
  return Object.entries(http.document.paths).flatMap(([template, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), template })),
  );
}

/** Status by operation, of those whose status is not the one that it should be. */
async function otherThan(status: number, those: readonly Entry[], ask: (operation: Entry) => Promise<{ status: number }>): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const operation of those) {
    const answer = await ask(operation);
    if (answer.status !== status) found[operation.operationId] = answer.status;
  }
  return found;
}

const takes = (place: string) => (operation: Entry) => operation.parameters?.some((parameter) => parameter.in === place) === true;

/** A request of the operation that was answered well, or one without a body. */
function exampleOf({ operationId, template }: Entry): { path: string; init: RequestInit } {
  return succeeded.get(operationId) ?? { path: template.replaceAll(/\{\w+\}/g, 'something'), init: {} };
}

/** The path with names of nothing. */
function nowhere({ template }: Entry): string {
  const type = template.endsWith('{type}') ? 'nothing' : 'organization';
  return template.replace('{type}', type).replace('{runId}', '01234567-89ab-cdef-0123-456789abcdef').replaceAll(/\{\w+\}/g, 'nothing');
}

describe('every operation of the specification', () => {
  it('does what it is for', () => {
    const best = (id: string): number => Math.min(...http.exchanges.filter(({ operationId }) => operationId === id).map(({ status }) => status));
    const failed = operations().filter(({ operationId: id }) => !(best(id) < 300 || best(id) === NEVER[id]));
    expect(failed.map(({ operationId }) => [operationId, best(operationId)])).toEqual([]);
    expect(operations().length).toBeGreaterThan(60);
  });

  it('answers 404 for what there is not, where it says so', async () => {
    // These look for what their query or body names, or are there wherever they can be called.
    const elsewhere = ['listEntities', 'sdkStart', 'putEventRule', 'putDevelopmentSecret'];
    const those = operations().filter((operation) => operation.responses['404'] && !elsewhere.includes(operation.operationId));
    expect(await otherThan(404, those, (operation) => http.call(operation.method, nowhere(operation), exampleOf(operation).init))).toEqual({});
    expect((await http.get('/v1/entities?type=nothing')).status).toBe(404);
    expect((await http.post('/workflows/v1/start', { workflow_id: 'nothing' })).status).toBe(404);
    const rule = { topic: 'changes', match: {}, start: { configuration: 'nothing' } };
    const put = { headers: { 'content-type': 'application/json', 'if-none-match': '*' }, body: JSON.stringify(rule) };
    expect((await http.call('PUT', '/v1/event-rules/new', put)).status).toBe(404);
    expect(those.length).toBeGreaterThan(35);
  });

  it('answers 400 to what does not fit its schema', async () => {
    const json = { 'content-type': 'application/json' };
    const withBody = operations().filter(({ requestBody }) => requestBody);
    const withQuery = operations().filter(takes('query'));
    expect(await otherThan(400, withBody, (operation) => http.call(operation.method, exampleOf(operation).path, { headers: { ...UNCONDITIONAL, ...json }, body: '[]' }))).toEqual({});
    expect(await otherThan(400, withBody, (operation) => http.call(operation.method, exampleOf(operation).path, { headers: { ...UNCONDITIONAL, ...json }, body: '{' }))).toEqual({});
    expect(await otherThan(400, withQuery, (operation) => http.call(operation.method, `${pathOf(operation)}?nonsense=1`, exampleOf(operation).init))).toEqual({});
    const withPath = operations().filter(takes('path'));
    expect(await otherThan(400, withPath, (operation) => http.call(operation.method, operation.template.replaceAll(/\{\w+\}/g, 'x'.repeat(5_000)), exampleOf(operation).init))).toEqual({});
  });

  it('answers 415 to a body of another media type, and 405 to a method that there is not', async () => {
    const withBody = operations().filter(({ requestBody }) => requestBody);
    const text = { 'content-type': 'text/plain', 'if-match': '*' };
    expect(await otherThan(415, withBody, (operation) => http.call(operation.method, pathOf(operation), { headers: text, body: 'text' }))).toEqual({});
    expect(await otherThan(405, operations(), (operation) => http.call('PATCH', pathOf(operation)))).toEqual({});
  });

  it('is closed to whoever has no key or not the role', async () => {
    expect(await otherThan(401, operations(), ({ method, template }) => fetch(`${stack.url}${template.replaceAll(/\{\w+\}/g, 'x')}`, { method }))).toEqual({});
    const lower = { viewer: undefined, operator: 'viewer', admin: 'operator' } as const;
    const closed = operations().filter((operation) => lower[operation['x-required-role'] as keyof typeof lower] !== undefined);
    expect(
      await otherThan(403, closed, (operation) => {
        const role = lower[operation['x-required-role'] as 'operator' | 'admin'];
        return http.as(TEST_KEYS[role]).call(operation.method, pathOf(operation), exampleOf(operation).init);
      }),
    ).toEqual({});
    expect(closed.length).toBeGreaterThan(30);
  });
});

const UNCONDITIONAL = { 'if-match': '*' };

function pathOf(operation: Entry): string {
  return exampleOf(operation).path.split('?', 1)[0] ?? '';
}

/** The same requests each time, so that a change is red by what it changes; `nx run starter-api:fuzz` draws new ones. */
const SEED = 20_261_121;

const missing = whyNoSchemathesis();
(missing === undefined ? describe : describe.skip)(`schemathesis over the whole specification${missing === undefined ? '' : ` (${missing})`}`, () => {
  let command: readonly string[];
  beforeAll(async () => {
    command = await findSchemathesis();
  }, INSTALL_MS);

  it(
    'finds nothing but refusals without a key',
    async () => {
      const { url } = stack;
      const { output, passed, statuses, operations: found } = await runSchemathesis({ command, url, document: http.document, seconds: KEYLESS_SECONDS, phases: ['examples', 'coverage'], known, seed: SEED });
      expect(passed ? '' : output).toBe('');
      expect(Object.keys(statuses).sort()).toEqual(['401']);
      expect(Object.keys(found)).toHaveLength(operations().length);
    },
    (KEYLESS_SECONDS + 60) * 1_000,
  );

  it(
    'finds no answer outside it with a key',
    async () => {
      const { url } = stack;
      const report = await runSchemathesis({ command, url, key: http.key, known, seconds: FUZZ_SECONDS, phases: ['examples', 'coverage', 'fuzzing', 'stateful'], seed: SEED });
      expect(report.passed ? '' : report.output).toBe('');
      // It was let in, reached every operation, and got through to most of them.
      const labels = operations().map(({ method, template }) => `${method} ${template}`);
      expect(labels.filter((label) => Object.keys(report.operations[label] ?? {}).every((status) => status === '401'))).toEqual([]);
      expect(report.statuses['401'] ?? 0).toBeLessThan(report.cases / 10);
      expect(Object.keys(report.statuses).filter((status) => Number(status) >= 500)).toEqual([]);
    },
    (FUZZ_SECONDS + 90) * 1_000,
  );
});
