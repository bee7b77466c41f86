import type { StateStore } from '@tributary/clients';
import { startState, type StateFixture } from '../testdata/state.js';
import { NamedDocuments } from './named-documents.js';

let fixture: StateFixture;

beforeAll(async () => {
  fixture = await startState();
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

const everyName = async (documents: NamedDocuments<unknown>): Promise<string[]> =>
  (await documents.list({ limit: 1_000 })).documents.map(({ name }) => name);

describe('documents of several processes', () => {
  it('that are made at the same time are all listed, in order', async () => {
    const processes = [fixture.state, fixture.another(), fixture.another(), fixture.another()].map((state) => new NamedDocuments(state, 'test/many'));
    const names = Array.from({ length: 40 }, (_, index) => `name-${String(index).padStart(2, '0')}`);
    await Promise.all(names.map((name, index) => (processes[index % processes.length] as NamedDocuments<unknown>).put(name, { index }, 'absent')));
    expect(await everyName(processes[0] as NamedDocuments<unknown>)).toEqual(names);
  }, 60_000);

  it('that are changed from the same version: one wins, the others are told', async () => {
    const processes = [fixture.state, fixture.another(), fixture.another()].map((state) => new NamedDocuments<number>(state, 'test/one'));
    const [first] = processes;
    const { document } = (await first?.put('a', 0, 'absent')) ?? {};
    const outcomes = await Promise.allSettled(processes.map((process, index) => process.put('a', index + 1, { revisions: [document?.revision ?? ''] })));
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.document] : []));
    expect(won).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'API_PRECONDITION_FAILED' });
    expect(await first?.get('a')).toEqual(won[0]);
  });

  it('that are deleted and made anew all the time are listed exactly when they are there', async () => {
    const [maker, deleter] = [fixture.state, fixture.another()].map((state) => new NamedDocuments<number>(state, 'test/churn')) as [NamedDocuments<number>, NamedDocuments<number>];
    const churn = async (documents: NamedDocuments<number>, change: (documents: NamedDocuments<number>) => Promise<unknown>): Promise<void> => {
      for (let round = 0; round < 30; round++) await change(documents).catch(onlyPreconditions);
    };
    await Promise.all([churn(maker, (documents) => documents.put('x', 1, 'absent')), churn(deleter, (documents) => documents.delete('x', 'present'))]);
    const there = (await maker.get('x')) !== undefined;
    expect(await everyName(maker)).toEqual(there ? ['x'] : []);
    if (!there) await maker.put('x', 2, 'absent');
    expect(await everyName(deleter)).toEqual(['x']);
  }, 60_000);

  it('are paged by name', async () => {
    const documents = new NamedDocuments<number>(fixture.state, 'test/pages');
    for (const name of ['c', 'a', 'b']) await documents.put(name, 1, 'absent');
    const first = await documents.list({ limit: 2 });
    expect([first.documents.map(({ name }) => name), first.next]).toEqual([['a', 'b'], 'b']);
    const second = await documents.list({ limit: 2, after: 'b' });
    expect([second.documents.map(({ name }) => name), second.next]).toEqual([['c'], undefined]);
  });
});

describe('a writer that meets a deleter', () => {
  it('is listed, also when the deleter takes the name off the list after it', async () => {
    const documents = new NamedDocuments<number>(fixture.state, 'test/meet');
    await documents.put('x', 1, 'absent');
    const meddled = meddling(fixture.another(), async () => {
      await documents.put('x', 2, 'absent');
    });
    await new NamedDocuments<number>(meddled, 'test/meet').delete('x', 'present');
    expect(await everyName(documents)).toEqual(['x']);
    expect(await documents.get('x')).toMatchObject({ value: 2 });
  });
});

/** The real store, in which something happens between the deletion of a document and what follows it. */
function meddling(state: StateStore, between: () => Promise<void>): StateStore {
  return {
    get: (key, options) => state.get(key, options),
    set: (key, value, etag, options) => state.set(key, value, etag, options),
    delete: async (key, etag, options) => {
      await state.delete(key, etag, options);
      await between();
    },
  };
}

function onlyPreconditions(error: unknown): void {
  if ((error as { code?: string }).code !== 'API_PRECONDITION_FAILED') throw error;
}
