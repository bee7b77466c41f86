import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { MemoryEventBus, MemorySecretStore } from '@tributary/clients/memory';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { buildWorkflowBundle, waitFor } from '@tributary/testing/stack';
import { createFleetActivities } from './activities.js';

const WORKSPACE = resolve(__dirname, '../../../..');
const GUIDE = 'docs/guides/stateful-hierarchy.md';

it('is the code that the guide shows', () => {
  const guide = readFileSync(join(WORKSPACE, GUIDE), 'utf8');
  const shown = [...guide.matchAll(/```ts file=(\S+)\n([\s\S]*?)```/g)];
  expect(shown.map(([, file]) => file)).toEqual(['libs/stateful-hierarchy/src/examples/workflows.ts', 'libs/stateful-hierarchy/src/examples/activities.ts']);
  for (const [, file = '', code] of shown) expect(code).toBe(readFileSync(join(WORKSPACE, file), 'utf8'));
});

describe('the hierarchy of the guide', () => {
  const ships = new Map([['calypso', 0], ['beagle', 12], ['endurance', 7]]);
  const bus = new MemoryEventBus();
  let token = 'first';
  let server: Server;
  let temporal: TemporalServer;
  let connection: Connection;
  let native: NativeConnection;
  let worker: Worker;
  let running: Promise<void>;
  let fleet: WorkflowHandle;
  const refs = { first: 'secret://local/api-1#token', second: 'secret://local/api-2#token' };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const [, kind, id = '', part] = (request.url ?? '').split('/');
      const found = (body: unknown): void => void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
      if (request.headers.authorization !== `Bearer ${token}`) response.writeHead(401).end();
      else if (part === 'ships') found({ items: [...ships.keys()].map((each) => ({ id: each, name: each })), next: null });
      else if (kind === 'ships' && ships.has(id)) found({ speed: ships.get(id) });
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    temporal = await startTemporal();
    const secrets = new MemorySecretStore({ local: { 'api-1': { token: 'first' }, 'api-2': { token: 'second' } } });
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    const { code } = await buildWorkflowBundle(join(__dirname, 'workflows.ts'));
    native = await NativeConnection.connect({ address: temporal.address });
    worker = await Worker.create({
      connection: native,
      taskQueue: 'fleets',
      workflowBundle: { code },
      activities: createFleetActivities(secrets, bus, [host]),
      sinks: { exporter: { export: { fn: () => undefined } } },
    });
    running = worker.run();
    connection = await Connection.connect({ address: temporal.address });
    fleet = await new Client({ connection }).workflow.start('FleetWorkflow', {
      taskQueue: 'fleets',
      workflowId: 'Fleet/north',
      args: [{ entity: { id: 'north', name: 'North' }, apiToken: refs.first, apiUrl: `http://${host}` }],
    });
  }, 60_000);

  afterAll(async () => {
    worker?.shutdown();
    await running;
    await native?.close();
    await connection?.close();
    await temporal?.stop();
    server?.close();
  }, 60_000);

  const ship = (id: string): WorkflowHandle => new Client({ connection }).workflow.getHandle(`Ship/${id}`);
  const knows = (moving: number, ships: string[]) => async (): Promise<boolean> =>
    JSON.stringify(await fleet.query('summary').catch(unlessStarting)) === JSON.stringify({ name: 'North', moving, ships });

  it('comes up, follows its API, takes actions, tells of changes, rotates and ends', async () => {
    await waitFor('all ships', knows(2, ['beagle', 'calypso', 'endurance']));
    ships.set('calypso', 3);
    await ship('calypso').signal('load');
    await waitFor('a ship to move', knows(3, ['beagle', 'calypso', 'endurance']));
    await waitFor('the event', () => bus.published('fleet').some(({ data }) => (data as { after: unknown }).after === 3));
    expect(bus.published('fleet').at(-1)).toMatchObject({ type: 'example.fleet.moving-changed', subject: 'north' });

    await ship('beagle').executeUpdate('annotate', { args: [{ note: 'Darwin is aboard' }] });
    await expect(ship('beagle').executeUpdate('annotate', { args: [{ note: 7 }] })).rejects.toThrow();
    const noted = async (): Promise<unknown> =>
      (await fleet.query<{ entities: { Ship: { beagle: { note?: string } } } }, [object]>('state', { type: 'Ship', id: 'beagle' })).entities.Ship.beagle.note;
    await waitFor('the note to be known above', async () => (await noted()) === 'Darwin is aboard');

    token = 'second';
    ships.delete('endurance');
    await fleet.signal('apiToken', refs.second);
    await waitFor('the list to be read with the new token', knows(2, ['beagle', 'calypso']));
    ships.set('beagle', 0);
    await ship('beagle').signal('load');
    await waitFor('a ship to be read with it', knows(1, ['beagle', 'calypso']));
    await expect(ship('endurance').result()).rejects.toThrow();

    await fleet.cancel();
    await expect(fleet.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    await waitFor('the ships to end', async () => (await ship('beagle').describe()).status.name === 'CANCELLED');
  }, 90_000);
});

function unlessStarting(error: unknown): undefined {
  if (!(error instanceof Error) || !error.message.includes('STATEFUL_STARTING')) throw error;
}
