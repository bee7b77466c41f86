import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grpcCall } from './grpc-call.js';
import { startTemporal } from './temporal.js';

jest.setTimeout(300_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temporal-spec-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const describeNamespace = (address: string, name: string): Promise<Buffer> =>
  grpcCall(address, '/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace', Buffer.from(`\n${String.fromCharCode(name.length)}${name}`), 2_000);

it('serves its namespace, and the Web UI when asked', async () => {
  const server = await startTemporal({ namespace: 'orders', ui: true, searchAttributes: { Tenant: 'Keyword' } });
  await expect(describeNamespace(server.address, 'orders')).resolves.toBeInstanceOf(Buffer);
  await expect(describeNamespace(server.address, 'nobody')).rejects.toThrow('gRPC status 5');
  await expect(fetch(`${server.uiUrl ?? ''}/`).then(({ status }) => status)).resolves.toBe(200);
  await server.stop();
  await expect(describeNamespace(server.address, 'orders')).rejects.toThrow('ECONNREFUSED');
});

it('comes back on its file and port after a kill', async () => {
  const dbFile = join(folder, 'deep', 'temporal.sqlite');
  const first = await startTemporal({ dbFile, namespace: 'orders' });
  expect(first.uiUrl).toBeUndefined();
  await first.kill();
  const second = await startTemporal({ dbFile, port: Number(first.address.split(':')[1]) });
  expect(second.address).toBe(first.address);
  // Nobody asked for this namespace now: the file kept it.
  await expect(describeNamespace(second.address, 'orders')).resolves.toBeInstanceOf(Buffer);
  await second.stop();
});

it('gives search attributes to a namespace that its file has kept, again and again', async () => {
  const dbFile = join(folder, 'temporal.sqlite');
  const countTenants = (address: string): Promise<Buffer> =>
    grpcCall(address, '/temporal.api.workflowservice.v1.WorkflowService/CountWorkflowExecutions', Buffer.from('\n\x07default\x12\x0cTenant = "x"'), 2_000);
  const first = await startTemporal({ dbFile });
  await expect(countTenants(first.address)).rejects.toThrow('gRPC status 3');
  await first.stop();
  for (let again = 0; again < 2; again++) {
    const server = await startTemporal({ dbFile, searchAttributes: { Tenant: 'Keyword' } });
    await expect(countTenants(server.address)).resolves.toBeInstanceOf(Buffer);
    await server.stop();
  }
});

it('tells what the server says when it cannot start', async () => {
  const failed = startTemporal({ dbFile: folder, logFile: join(folder, 'temporal.log') });
  await expect(failed).rejects.toMatchObject({ code: 'DEV_PROCESS_FAILED', fix: `Read ${join(folder, 'temporal.log')}.` });
});
