import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { metrics } from '../telemetry/metrics.js';
import { type Exchange, TestServer, page } from './testdata/http-server.js';

describe('what is told of requests', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let server: TestServer;
  const handle = ({ count, url, text, json }: Exchange) => {
    if (count <= 2) return text(count === 1 ? 503 : 502);
    json(url.search.includes('ws.op') ? page([]) : { self_link: 'x' });
  };

  beforeAll(async () => {
    provider.register();
    server = await TestServer.start(handle);
  });
  afterAll(async () => {
    await server.close();
    await provider.shutdown();
  });

  it('is a span per call and a count per request', async () => {
    const client = server.client();
    await client.get('person', client.link('~alice'));
    for await (const _ of client.operation('person.searchTasks', client.link('~alice'), { search_text: 'canary' }));
    const spans = exporter.getFinishedSpans();
    const host = new URL(server.origin).host;
    const common = { 'server.address': host, 'http.request.method': 'GET' };
    expect(spans.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['launchpad person', { ...common, 'http.request.resend_count': 2 }],
      ['launchpad person.searchTasks', common],
    ]);
    const text = await metrics.render();
    for (const line of [
      `requests_total{host="${host}",status="503"} 1`,
      `requests_total{host="${host}",status="502"} 1`,
      `requests_total{host="${host}",status="200"} 2`,
      `retries_total{host="${host}",status="503"} 1`,
      `request_seconds_count{host="${host}"} 4`,
      `slot_wait_seconds_count{host="${host}"} 4`,
    ]) {
      expect(text).toContain(`tributary_launchpad_${line}`);
    }
  });
});
