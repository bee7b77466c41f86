import { createSecretKey, randomBytes } from 'node:crypto';
import { createEncryptionCodec } from '@tributary/clients/temporal';
import { waitFor } from '@tributary/testing/stack';
import type { Run } from './schemas.js';
import { CheckedClient } from './testdata/checked-client.js';
import { inputFor, startFixture, type Fixture } from './testdata/fixture.js';

let fixture: Fixture;

beforeAll(async () => {
  const codec = createEncryptionCodec(new Map([['k1', createSecretKey(randomBytes(32))]]), 'k1');
  fixture = await startFixture({ payloadCodecs: [codec] });
  await fixture.startWorker();
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

describe('with payload encryption', () => {
  it('heartbeats, memos and results are read all the same', async () => {
    const http = await CheckedClient.of((await fixture.startApi()).url);
    const { body } = await http.post<Run>('/v1/runs/extract-sql-metadata', inputFor('beat', 'encrypted'));
    await waitFor('the heartbeat', async () => (await http.get<Run>(body.links.self)).body.progress?.done === 50);
    await waitFor('the list', async () => {
      const list = await http.get<{ runs: Run[] }>('/v1/runs');
      return list.body.runs.some(({ connection }) => connection === 'default/postgres/encrypted');
    });
    await http.post(`/v1/runs/${body.workflowId}/cancel`);
    const published = await http.post<Run>('/v1/runs/extract-sql-metadata', inputFor('publish', 'encrypted-2'));
    await waitFor('the result', async () => {
      const { result } = (await http.get<Run>(published.body.links.self)).body;
      return result !== undefined && 'entities' in result && result.entities['Column'] === 500;
    });
  });
});
