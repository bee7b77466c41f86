import { Driver, SOURCE, dataset, fromOwner } from '../e2e/driver.js';
import { catalog, datasetWorkflow, sourceWorkflow } from '../e2e/catalog.js';
import { carry, startInput, type Credential, type Inheritance, type MessageBody } from '../core.js';
import { entityWorkflow } from '../index.js';

const OWNER = { workflow: 'Source/s1', epoch: 1 };
const reference = (minVersion: number, name = 'api'): Credential => ({
  kind: 'reference',
  ref: `secret://local/${name}`,
  minVersion,
});
const literal = (value: string, version: number): Credential => ({ kind: 'literal', value, version });
const input = startInput(datasetWorkflow, { entity: dataset('d1') }, { at: 0 });
const stamp = (second: number) => `${(1_000_000 + second * 1000).toString(36).padStart(9, '0')}00000~Source/s1`;
const give = (seq: number, inherit: Inheritance): MessageBody => ({ ...fromOwner('Source/s1', seq), inherit });
const child = (definition: object = datasetWorkflow, options = {}) =>
  new Driver(definition, { ...input, owner: OWNER }, options);

test('what an owner passes on is taken over, in whatever order it comes, and however often', () => {
  const core = child();
  core.send(
    give(1, {
      credential: { value: reference(3), stamp: stamp(30) },
      apiUrl: { value: 'https://b.example', stamp: stamp(30) },
    }),
  );
  core.send(
    give(2, {
      credential: { value: reference(2), stamp: stamp(20) },
      apiUrl: { value: 'https://a.example', stamp: stamp(20) },
    }),
  );
  core.send(give(1, { credential: { value: reference(1), stamp: stamp(90) } }));
  expect(core.health).toMatchObject({
    credential: { kind: 'reference', ref: 'secret://local/api', minVersion: 3 },
    apiUrl: 'https://b.example',
  });
});

test('an earlier version of a credential never replaces a later one; another credential does', () => {
  const core = child();
  for (const credential of [reference(5), reference(4), reference(5)]) core.send({ kind: 'credential', credential });
  expect(core.health.credential).toMatchObject({ minVersion: 5 });
  core.send({ kind: 'credential', credential: reference(1, 'other') });
  expect(core.health.credential).toMatchObject({ ref: 'secret://local/other', minVersion: 1 });
});

test('a rotation reaches every child: running, being started, and started later', () => {
  const core = Driver.top(sourceWorkflow, { ...SOURCE, datasets: [dataset('d1'), dataset('d2')] });
  const [first, second] = core.cycle('startChild');
  core.send({ kind: 'childStarted', child: first?.child ?? '', epoch: first?.epoch ?? 0 });
  core.send({ kind: 'credential', credential: reference(2) });
  const receivers = () =>
    core
      .cycle('send')
      .flatMap(({ deliveries }) =>
        deliveries.flatMap(({ body, targets }) =>
          targets.map(({ to }) => [to, (body.inherit?.credential?.value as { minVersion: number }).minVersion]),
        ),
      );
  expect(receivers()).toEqual([['Dataset/d1', 2]]);
  core.send({ kind: 'childStarted', child: second?.child ?? '', epoch: second?.epoch ?? 0 });
  expect(receivers()).toEqual([['Dataset/d2', 2]]);
  core.change(
    { op: 'put', type: 'Dataset', entity: dataset('d3') },
    { op: 'relate', type: 'Source', id: 's1', relation: 'datasets', add: ['d3'] },
  );
  expect(core.cycle('startChild')).toMatchObject([
    { input: { inherit: { credential: { value: { minVersion: 2 } } } } },
  ]);
});

test('the same credential given again has a whole tree load again, once for each time it is given', () => {
  const core = Driver.top(sourceWorkflow, { ...SOURCE, datasets: [dataset('d1')] });
  const leaf = child();
  const loads = (of: Driver) => Object.values(of.state.loads).map(({ requestedEpoch }) => requestedEpoch);
  const again = (counts: number[]) => counts.map((count) => count + 1);
  core.send({ kind: 'credential', credential: reference(0) });
  core.settle();
  for (const offer of core.deliver()['Dataset/d1'] ?? []) leaf.send(offer);
  for (let round = 0; round < 2; round += 1) {
    const [above, below] = [loads(core), loads(leaf)];
    core.send({ kind: 'credential', credential: reference(0) });
    expect(loads(core)).toEqual(again(above));
    const offers = core.deliver()['Dataset/d1'] ?? [];
    expect(offers).toMatchObject([{ inherit: { credential: { value: reference(0) } } }]);
    for (const [place, offer] of [...offers, ...offers, ...offers].entries()) leaf.send({ ...offer, seq: offer.seq + place });
    expect(loads(leaf)).toEqual(again(below));
    expect(core.deliver()['Dataset/d1']).toBeUndefined();
  }
});

test('the same credential of an owner that had it earlier has nobody load again', () => {
  const core = child();
  const from = (owner: string, second: number): MessageBody => ({
    kind: 'attach',
    owner,
    epoch: 1,
    patches: [],
    inherit: { credential: { value: reference(1), stamp: stamp(second) } },
  });
  core.send(from('Source/s1', 500));
  core.send(from('Source/s2', 400));
  const before = core.state.loads;
  core.send({ kind: 'release', owner: 'Source/s1', epoch: 1, how: 'cancel' });
  expect(core.state.loads).toEqual(before);
  expect(core.health.credential).toMatchObject({ minVersion: 1 });
});

test('in a circle of owners a credential that comes back is not passed on again', () => {
  const start = startInput(sourceWorkflow, { entity: { ...SOURCE, datasets: [dataset('d1')] } }, { at: 0 });
  const core = new Driver(sourceWorkflow, { ...start, owner: { workflow: 'Organization/o', epoch: 1 } });
  const give = (owner: string, credential: Inheritance['credential']): MessageBody => ({
    kind: 'attach',
    owner,
    epoch: 1,
    patches: [],
    ...(credential && { inherit: { credential } }),
  });
  core.send(give('Organization/o', { value: reference(1, 'first'), stamp: stamp(500) }));
  core.send(give('Dataset/d1', { value: reference(1, 'second'), stamp: stamp(400) }));
  core.settle();
  core.deliver();
  core.send({ kind: 'release', owner: 'Organization/o', epoch: 1, how: 'cancel' });
  let passed = 0;
  for (let round = 0; round < 5; round += 1) {
    for (const { inherit } of core.deliver()['Dataset/d1'] ?? []) {
      if (!inherit?.credential) continue;
      passed += 1;
      core.send(give('Dataset/d1', inherit.credential));
    }
  }
  expect(passed).toBe(1);
});

test('a reference given again without a version has all look again for the version that was asked for', () => {
  const core = child();
  core.send({ kind: 'credential', credential: reference(5) });
  const { requestedEpoch } = Object.values(core.state.loads)[0] ?? {};
  core.send({ kind: 'credential', credential: reference(0) });
  expect(core.health.credential).toMatchObject({ minVersion: 5 });
  expect(Object.values(core.state.loads)[0]?.requestedEpoch).toBe((requestedEpoch ?? 0) + 1);
});

test('a rotation outlives the run', () => {
  const core = child();
  core.send({ kind: 'credential', credential: reference(9) });
  core.continueAsNew();
  expect(core.health.credential).toMatchObject({ minVersion: 9 });
});

test('a path that keeps its own credential takes none from its owner', () => {
  const definition = entityWorkflow(catalog, 'Dataset', { credential: 'secret://local/own' });
  const core = child(definition);
  core.send(give(1, { credential: { value: reference(3), stamp: stamp(30) } }));
  expect(core.health.credential).toEqual({ kind: 'reference', ref: 'secret://local/own', minVersion: 0 });
  core.send({ kind: 'credential', credential: reference(4, 'own') });
  expect(core.health.credential).toMatchObject({ ref: 'secret://local/own', minVersion: 4 });
});

test('only the first owner passes on; when it leaves, the next one does', () => {
  const core = child();
  core.send({
    kind: 'attach',
    owner: 'Source/s2',
    epoch: 1,
    patches: [],
    inherit: { credential: { value: reference(1, 'second'), stamp: stamp(900) } },
  });
  expect(core.health.credential.kind).toBe('none');
  core.send({ kind: 'release', owner: 'Source/s1', epoch: 1, how: 'cancel' });
  core.send({
    ...fromOwner('Source/s2', 1),
    inherit: { credential: { value: reference(1, 'second'), stamp: stamp(900) } },
  });
  expect(core.health.credential).toMatchObject({ ref: 'secret://local/second' });
});

test('a literal credential is refused while payloads are not encrypted, and its text stands in no answer', () => {
  const core = child();
  for (const body of [
    { kind: 'credential', credential: literal('hunter2-canary', 1) },
    { kind: 'credential', credential: { kind: 'literal', value: 'hunter2-canary' } },
    { kind: 'credential', credential: { kind: 'reference', ref: 'hunter2-canary', minVersion: 1 } },
    { kind: 'credentials', credential: 'hunter2-canary' },
    { kind: 'credential', credential: 'hunter2-canary' },
    { ...give(1, { credential: { value: literal('hunter2-canary', 1), stamp: stamp(1) } }) },
    { kind: 'apiUrl', url: 'https://user:hunter2-canary@api.example' },
  ] as MessageBody[]) {
    expect(JSON.stringify(core.send(body).outcome)).not.toContain('canary');
  }
  expect(JSON.stringify([core.health, carry(datasetWorkflow, core.state)])).not.toContain('canary');
  expect(core.health).toMatchObject({ credential: { kind: 'none' }, counters: { refused: 4, aside: 3 } });
  expect(() =>
    startInput(datasetWorkflow, { entity: dataset('d1'), credential: literal('hunter2-canary', 1) }, { at: 0 }),
  ).toThrow('literal credential (14 characters)');
});

test('with encrypted payloads a literal credential works, outlives the run, and shows in nothing that can be asked for', () => {
  const core = child(datasetWorkflow, { allowLiteral: true });
  expect(core.send({ kind: 'credential', credential: literal('hunter2-canary', 2) }).outcome.status).toBe('done');
  core.send({ kind: 'credential', credential: literal('older', 1) });
  core.continueAsNew();
  expect(core.cycle('load')).toMatchObject([{ credential: { kind: 'literal', value: 'hunter2-canary' } }]);
  expect(core.health.credential).toEqual({ kind: 'literal', version: 2 });
  expect(JSON.stringify(core.health)).not.toContain('canary');
});

test('a child takes its URL from its owner unless it names its own; a change above reaches only those that inherit', () => {
  const core = child();
  const url = () => core.health.apiUrl;
  core.send(give(1, { apiUrl: { value: 'https://one.example', stamp: stamp(1) } }));
  expect(url()).toBe('https://one.example');
  core.send({ kind: 'apiUrl', url: 'https://own.example' });
  core.send(give(2, { apiUrl: { value: 'https://two.example', stamp: stamp(2) } }));
  expect(url()).toBe('https://own.example');
  core.send({ kind: 'apiUrl', url: null });
  expect(url()).toBe('https://two.example');
  const named = child(entityWorkflow(catalog, 'Dataset', { apiUrl: 'https://defined.example' }));
  named.send(give(1, { apiUrl: { value: 'https://one.example', stamp: stamp(1) } }));
  expect(named.health.apiUrl).toBe('https://defined.example');
});

test('children are told of a URL when the one in force changes, and at no other time', () => {
  const core = Driver.top(
    sourceWorkflow,
    { ...SOURCE, datasets: [dataset('d1')] },
    {},
    { apiUrl: 'https://own.example' },
  );
  core.settle();
  core.settle();
  const offered = () =>
    core.cycle('send').flatMap(({ deliveries }) => deliveries.map(({ body }) => body.inherit?.apiUrl?.value));
  core.send({
    kind: 'attach',
    owner: 'Organization/o',
    epoch: 1,
    patches: [],
    inherit: { apiUrl: { value: 'https://above.example', stamp: stamp(900) } },
  });
  expect(offered().filter(Boolean)).toEqual([]);
  core.send({ kind: 'apiUrl', url: null });
  expect(offered()).toEqual(['https://above.example']);
  core.send({ kind: 'apiUrl', url: 'https://above.example' });
  expect(offered()).toEqual([]);
});

test("when the first owner leaves, children are told of the next one's credential, even if it is older", () => {
  const start = startInput(sourceWorkflow, { entity: { ...SOURCE, datasets: [dataset('d1')] } }, { at: 0 });
  const core = new Driver(sourceWorkflow, { ...start, owner: { workflow: 'Organization/o', epoch: 1 } });
  const from = (owner: string, name: string, second: number): MessageBody => ({
    kind: 'attach',
    owner,
    epoch: 1,
    patches: [],
    inherit: { credential: { value: reference(1, name), stamp: stamp(second) } },
  });
  core.send(from('Organization/o', 'first', 500));
  core.send(from('Organization/p', 'second', 400));
  core.settle();
  const offered = () => core.deliver()['Dataset/d1']?.at(-1)?.inherit?.credential;
  const before = core.state.offeredCredential;
  expect(before?.value).toEqual(reference(1, 'first'));
  core.send({ kind: 'release', owner: 'Organization/o', epoch: 1, how: 'cancel' });
  const after = offered();
  expect(after?.value).toEqual(reference(1, 'second'));
  expect((after?.stamp ?? '') > (before?.stamp ?? '')).toBe(true);
});
