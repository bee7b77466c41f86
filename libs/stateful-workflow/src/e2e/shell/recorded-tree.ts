import { type EstateBed, until } from './estate-bed.js';

/** A tree that has seen everything: loads, rotations, actions that are refused and that fail, pauses, bad signals, restarts, a new run. */
export async function eventfulTree(bed: EstateBed) {
  bed.api.datasets = { s1: [{ id: 'd1', name: 'One' }, { id: 'd2', name: 'Two' }] };
  const tree = bed.tree();
  const source = tree.source('s1');
  await source.start({ entity: { id: 's1', name: 'S1', prefs: {}, datasets: [] }, apiToken: 'secret://local/api#token', apiUrl: bed.api.url });
  await until('the tree', () => source.state(), ({ Dataset }) => Dataset?.['d1']?.rows === 7 && Dataset['d2']?.rows === 7);
  await source.actions.join({ id: 't', name: 'Team' });
  await until('the team', () => source.progress(), ({ children }) => children.running === 3);
  await source.handle.signal('message', 'no object');
  await source.handle.signal('nobody');
  await source.pause();
  const added = source.actions.add({ id: 'd3', name: 'd3' });
  await until('it to be held', () => source.health(), ({ held }) => held > 0);
  await source.resume();
  await added;
  await expectRefusal(source.actions.theme({ theme: 7 as never }));
  const child = tree.dataset('d1');
  await expectRefusal(child.actions.fail({}));
  await child.actions.probe({ name: 'x' });
  await child.pause();
  bed.api.tokens = new Set(['second']);
  bed.secrets.local.api = { token: 'second', version: '2' };
  await source.apiToken.rotate({ ref: 'secret://local/api#token', minVersion: 2 });
  await until('it to be held', () => child.health(), ({ held }) => held > 0);
  await child.resume();
  await until('the rotation', () => child.state(), ({ Dataset }) => Dataset?.['d1']?.token === 'second');
  bed.api.broken = 500;
  await source.load();
  await until('a failure', () => source.health(), ({ loads }) => (loads['datasets']?.failures ?? 0) > 0);
  await tree.dataset('d2').handle.terminate();
  await source.actions.remove({ id: 'd1' });
  await until('the end of d1', () => child.handle.describe(), ({ status }) => status.name === 'CANCELLED');
  const first = (await source.handle.describe()).runId;
  while ((await source.handle.describe()).runId === first) await Promise.all(['a', 'b', 'c'].map((theme) => source.actions.theme({ theme })));
  return { tree, source, firstRun: bed.client.workflow.getHandle(source.workflowId, first) };
}

async function expectRefusal(answer: Promise<unknown>): Promise<void> {
  const problem = await answer.then(() => undefined, (error: unknown) => error);
  if (problem === undefined) throw new Error('what should have been refused was taken');
}
