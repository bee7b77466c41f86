import { EstateBed, until } from './estate-bed.js';

jest.setTimeout(120_000);

const API_TOKEN = 'secret://local/api#token' as const;
let bed: EstateBed;
beforeAll(async () => {
  bed = await EstateBed.start();
}, 120_000);
afterAll(() => bed?.stop());
beforeEach(() => bed.reset());

async function threeLevels() {
  bed.api.datasets = { s1: [{ id: 'd1', name: 'One' }, { id: 'd2', name: 'Two' }], s2: [{ id: 'd3', name: 'Three' }] };
  const tree = bed.tree();
  const organization = tree.organization('acme');
  await organization.start({
    entity: { id: 'acme', name: 'Acme', sources: [{ id: 's1', name: 'S1', prefs: {}, datasets: [] }, { id: 's2', name: 'S2', prefs: {}, datasets: [] }] },
    apiToken: API_TOKEN,
    apiUrl: bed.api.url,
  });
  await until('the tree to load', () => organization.state(), ({ Dataset }) => Object.values(Dataset ?? {}).filter(({ rows }) => rows === 7).length === 3);
  return { ...tree, root: organization };
}

test('a tree of three levels loads, and what it loads comes up', async () => {
  const { root, dataset } = await threeLevels();
  expect(await root.views.names()).toEqual(['S1', 'S2']);
  await until('health', () => root.state(), ({ Organization }) => Organization?.['acme']?.health === 'healthy');
  await dataset('d1').actions.setHealth({ health: 'failing' });
  await until('health to roll up', () => root.state(), ({ Organization }) => Organization?.['acme']?.health === 'failing');
  await until('the event', async () => bed.events.published('entities'), (events) => events.some(({ subject, data }) => subject === 'acme' && (data as { after: string }).after === 'failing'));
  expect(await root.health()).toMatchObject({ deadLetters: [], problems: [], children: { running: 2 } });
});

test('a rotation by signal reaches the whole tree', async () => {
  const { root, dataset } = await threeLevels();
  bed.api.tokens = new Set(['second']);
  bed.secrets.local.api = { token: 'second', version: '2' };
  await root.handle.signal('apiToken', { ref: API_TOKEN, minVersion: 2 });
  for (const id of ['d1', 'd2', 'd3']) await until(`${id} to use it`, () => dataset(id).state(), ({ Dataset }) => Dataset?.[id]?.token === 'second');
  const { credential } = await dataset('d1').health();
  expect(credential).toEqual({ kind: 'reference', ref: API_TOKEN, minVersion: 2 });
});
