import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { Secret } from '@tributary/common';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { openPostgresCatalog } from './open.js';

describe('spans', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let server: PostgresServer;

  beforeAll(async () => {
    provider.register();
    server = await startPostgres();
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await provider.shutdown();
  });

  it('tell each statement by what it does, without its text or values', async () => {
    const { host, port, user, password, database } = server;
    const session = await openPostgresCatalog({
      ...{ host, port, user, database, sslMode: 'disable', applicationName: 'spans', statementTimeoutMs: 10_000 },
      password: new Secret(password),
    });
    for await (const batch of session.read('database', { database, filters: {} })) expect(batch).toHaveLength(1);
    await session.close();
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name }) => name)).toEqual(['BEGIN', 'SELECT', 'DECLARE', 'FETCH'].map((operation) => `postgresql ${operation}`));
    expect(spans[3]?.attributes).toEqual({
      'db.system.name': 'postgresql',
      'db.namespace': database,
      'db.operation.name': 'FETCH',
      'db.query.summary': 'FETCH catalog records of kind database',
      'server.address': host,
      'server.port': port,
      'db.response.returned_rows': 1,
    });
  });
});
