import { pathToFileURL } from 'node:url';
import { tmpdir } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { MemoryEventBus, MemoryStateStore } from '@tributary/clients/memory';
import { openObjectStore } from '@tributary/clients/object-store';
import { Metrics } from '@tributary/clients/telemetry';
import { SecretScrubber, version } from '@tributary/common';
import { createLogger } from '@tributary/common/logging';
import { buildApi } from './app.js';

/** The OpenAPI document, of an API that reaches for nothing and never listens: what the documentation is made from. */
export async function openApiDocument(): Promise<object> {
  const scrubber = new SecretScrubber();
  const app = await buildApi({
    client: new Client({ connection: Connection.lazy() }),
    objects: openObjectStore(pathToFileURL(tmpdir()).href),
    state: new MemoryStateStore(),
    events: { bus: new MemoryEventBus(), pubsub: 'events', topics: [] },
    log: createLogger({ name: 'starter-api', level: 'error', scrubber }),
    scrubber,
    metrics: new Metrics(),
    access: { apiKeys: [], signInLimit: 1 },
    limits: { rateLimit: 1, maxRequests: 1, maxStreams: 1 },
    host: '127.0.0.1',
    temporalUiUrl: undefined,
    version,
  });
  try {
    await app.ready();
    return app.swagger();
  } finally {
    await app.close();
  }
}
