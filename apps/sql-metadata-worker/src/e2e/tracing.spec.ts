import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { installSample } from '@tributary/testing/sql-sample';
import { compareWithList, createDatabase, inputFor, readMetricPage, startBuiltApi, startBuiltApp, startOtlpCollector, startTestStack, waitFor, type BuiltApi, type BuiltApp, type TestStack } from '@tributary/testing/stack';

describe('a trace', () => {
  let stack: TestStack;
  let worker: BuiltApp;
  let api: BuiltApi;
  let collector: Awaited<ReturnType<typeof startOtlpCollector>>;

  beforeAll(async () => {
    stack = await startTestStack({ appId: 'sql-metadata-worker' });
    await installSample(await createDatabase(stack, 'shop'));
    collector = await startOtlpCollector();
    const environment = { ...stack.environment, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    worker = await startBuiltApp('sql-metadata-worker', { environment, portVariable: 'TRIBUTARY_HEALTH_PORT', logFile: join(stack.folder, 'worker.log') });
    api = await startBuiltApi({ environment, logFile: join(stack.folder, 'api.log') });
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await worker?.stop();
    collector?.stop();
    await stack?.stop();
  });

  it('runs from the HTTP request through workflow and activities to the statements, under the id that the caller gave', async () => {
    const traceId = randomBytes(16).toString('hex');
    const response = await api.fetch('/v1/runs/extract-sql-metadata', {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` },
      body: JSON.stringify(inputFor(stack, 'shop')),
    });
    const { links } = (await response.json()) as { links: { self: string } };
    await waitFor('the end of the run', async () => {
      const { status } = (await (await api.fetch(links.self)).json()) as { status: string };
      return status === 'completed';
    });
    const sidecar = { url: `http://127.0.0.1:${String(stack.daprd.metricsPort)}` };
    for (const [app, place] of Object.entries({ 'sql-metadata-worker': worker, 'starter-api': api, sidecar })) {
      expect([app, compareWithList(app, await readMetricPage(place))]).toEqual([app, { unlisted: [], missing: [] }]);
    }
    await Promise.all([api.stop(), worker.stop()]);

    const found = new Set(collector.spans().filter((span) => span.traceId === traceId).map(({ service, name }) => `${service}: ${name}`));
    expect([...found]).toEqual(
      expect.arrayContaining([
        'starter-api: POST /v1/runs/extract-sql-metadata',
        'starter-api: StartWorkflow:extractSqlMetadata',
        'sql-metadata-worker: RunWorkflow:extractSqlMetadata',
        'sql-metadata-worker: RunActivity:extractBatch',
        'sql-metadata-worker: postgresql FETCH',
      ]),
    );
    // Log lines of the same work name the trace.
    expect(worker.log()).toContain(`"traceId":"${traceId}"`);
  }, 60_000);
});
