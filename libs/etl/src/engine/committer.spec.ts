import type { EventCounts } from '@tributary/workflow-contracts/etl';
import type { PageCommit } from '../store/types.js';
import { Committer } from './committer.js';

const page = (unit: string, events = 0): PageCommit => ({
  unit,
  records: events,
  readAt: 0,
  people: [],
  events: Array.from({ length: events }, (_, index) => ({ id: `${unit}-${index}` }) as PageCommit['events'][number]),
  discovered: [],
  cursor: undefined,
  remember: [],
  quarantined: [],
});

const NONE: EventCounts = { inserted: 0, updated: 0, unchanged: 0 };

/** Commits that end when the test says so. */
class Commits {
  readonly groups: string[][] = [];
  #finish: ((error?: Error) => void)[] = [];

  commit(pages: readonly PageCommit[]): Promise<EventCounts> {
    this.groups.push(pages.map(({ unit }) => unit));
    return new Promise((resolve, reject) => this.#finish.push((error) => (error ? reject(error) : resolve(NONE))));
  }

  async finish(error?: Error): Promise<void> {
    this.#finish.shift()?.(error);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the committer', () => {
  it('loads in one transaction what gathered while the one before ran', async () => {
    const commits = new Commits();
    const committer = new Committer(commits, async () => undefined);
    const first = committer.commit(page('a'));
    await turn();
    const rest = ['b', 'c', 'd'].map((unit) => committer.commit(page(unit)));
    await commits.finish();
    await first;
    await commits.finish();
    await Promise.all(rest);
    expect(commits.groups).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('bounds a transaction by pages and by events, and lets a large page have its own', async () => {
    const commits = new Commits();
    const committer = new Committer(commits, async () => undefined);
    const all = [page('a', 3_000), page('b', 3_000), page('c', 9_000), ...Array.from({ length: 70 }, (_, index) => page(`p${index}`))];
    const done = Promise.all(all.map((each) => committer.commit(each)));
    for (let group = 0; group < 5; group++) {
      await turn();
      await commits.finish();
    }
    await done;
    expect(commits.groups.map(({ length }) => length)).toEqual([1, 1, 1, 64, 6]);
  });

  it('lets all that wait fail with the database, and takes no more', async () => {
    const commits = new Commits();
    const committer = new Committer(commits, async () => undefined);
    const first = committer.commit(page('a'));
    await turn();
    const second = committer.commit(page('b'));
    const failing = Promise.allSettled([first, second]);
    await commits.finish(new Error('gone'));
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(committer.commit(page('c'))).rejects.toThrow('gone');
    expect(commits.groups).toEqual([['a']]);
  });

  it('lets the transaction under way end, and refuses the rest, when it is ended', async () => {
    const commits = new Commits();
    const committer = new Committer(commits, async () => undefined);
    const first = committer.commit(page('a'));
    await turn();
    const second = expect(committer.commit(page('b'))).rejects.toThrow('stopped');
    const ended = committer.end(new Error('stopped'));
    await commits.finish();
    await Promise.all([first, second, ended]);
    expect(commits.groups).toEqual([['a']]);
  });
});
