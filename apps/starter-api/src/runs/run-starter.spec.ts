import { RUN_ALREADY_RUNNING } from '../errors.js';
import { inputFor, startFixture, type Fixture } from '../testdata/fixture.js';
import { startRun, type RunOrder } from './run-starter.js';
import type { RunType } from './run-type.js';
import { RUN_TYPES } from './run-types.js';

const [type] = RUN_TYPES;
let fixture: Fixture;

beforeAll(async () => {
  fixture = await startFixture();
}, 60_000);

afterAll(async () => {
  await fixture.stop();
}, 60_000);

const connection = 'default/postgres/raced';
const order = (idempotencyKey: string): RunOrder => ({
  type: type as RunType,
  input: inputFor('wait', 'raced'),
  labels: { connection },
  workflowId: 'unused',
  idempotencyKey,
});

describe('of two requests with one Idempotency-Key at the same time', () => {
  /** What stands in the way is what another request started after this one had looked for its key. */
  const racing = (own: string, others: string): Promise<{ runId: string }> => {
    const exclusion = {
      find: () => startRun(fixture.client, order(others)),
      refuse: ({ workflowId }: { workflowId: string }) => RUN_ALREADY_RUNNING({ connection, workflowId }),
      noteStarted: () => undefined,
    };
    return startRun(fixture.client, { ...order(own), exclusion });
  };

  it('the slower one is answered with the run of the other', async () => {
    const { runId } = await racing('the-same-key', 'the-same-key');
    await expect(startRun(fixture.client, order('the-same-key'))).resolves.toMatchObject({ runId });
  });

  it('one with another key is refused', async () => {
    await expect(racing('one-key-of-two', 'other-key-of-two')).rejects.toMatchObject({ code: 'RUN_ALREADY_RUNNING' });
  });
});
