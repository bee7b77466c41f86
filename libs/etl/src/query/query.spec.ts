import { Type } from '@sinclair/typebox';
import { isCodedError } from '@tributary/common';
import { LaunchpadQueryArgsSchema } from '@tributary/workflow-contracts/schemas';
import type { Source } from '../source.js';
import { argsInvalid } from './arg-problem.js';
import { argsChecker } from './check-args.js';
import { SourceRegistry } from './source-registry.js';
import { windowQueries } from './window-query.js';

const named = (type: string) => ({ type, createQuery: (args: object) => ({ type, args }) }) as unknown as Source;

describe('the registry of sources', () => {
  const registry = new SourceRegistry([named('LaunchpadQuery'), named('ChangeLogQuery')]);

  it('makes the query of the type that is asked for', () => {
    expect(registry.createQuery('ChangeLogQuery', { a: 1 }, new Date())).toEqual({ type: 'ChangeLogQuery', args: { a: 1 } });
  });

  it.each([
    ['LaunchPadQuerry', 'did you mean "LaunchpadQuery"?'],
    ['launchpadquery', 'did you mean "LaunchpadQuery"?'],
    ['JiraQuery', 'This worker has: ChangeLogQuery, LaunchpadQuery'],
  ])('refuses %s and says %s', (type, words) => {
    const refused = error(() => registry.createQuery(type, {}, new Date()));
    expect(refused.code).toBe('ETL_QUERY_UNKNOWN');
    expect(refused.message).toContain(words);
  });

  it('refuses two sources of one type', () => {
    expect(error(() => new SourceRegistry([named('A'), named('A')])).code).toBe('ETL_SOURCE_DUPLICATE');
  });
});

describe('the check of arguments', () => {
  it('lists every problem with its place, what was received and what is allowed', () => {
    const { problems } = argsChecker(LaunchpadQueryArgsSchema)({
      member: 7,
      team: 'warthogs',
      data_date_end: 'soon',
      flows: ['bugs', 'bug'],
      data_date_strat: '2023-01-01',
    });
    const { message, code } = argsInvalid('LaunchpadQuery', problems);
    expect(code).toBe('ETL_ARGS_INVALID');
    expect(problems.map(({ path }) => path).sort()).toEqual(['', '/data_date_end', '/data_date_start', '/data_date_strat', '/flows/1', '/member']);
    expect(message).toContain('/member: received 7, allowed: a value of type string');
    expect(message).toContain('exactly one of member, members, team, project');
    expect(message).toContain('/data_date_start: received nothing, allowed: Start of the window');
    expect(message).toContain('did you mean data_date_start?');
    expect(message).toContain('/flows/1: received "bug", allowed: one of "bugs"');
  });

  it('gives arguments that are right as they came, and shortens long ones in messages', () => {
    const check = argsChecker(Type.Object({ limit: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }));
    expect(check({ limit: 3 })).toEqual({ args: { limit: 3 }, problems: [] });
    expect(argsInvalid('T', check({ limit: 'x'.repeat(500) }).problems).message.length).toBeLessThan(200);
    expect(argsInvalid('T', check({ limit: 0 }).problems).message).toContain('received 0, allowed: >= 1');
  });
});

describe('queries of a window', () => {
  const queries = windowQueries('T', { board: Type.String() });
  const args = { board: 'red', data_date_start: '2026-01-01' };

  it('share their marks whatever part of the records they may put aside', () => {
    const [none, some] = [queries(args, new Date()), queries({ ...args, quarantine_threshold: 0.5 }, new Date())];
    expect([none.quarantineThreshold, some.quarantineThreshold]).toEqual([0, 0.5]);
    expect(some.scope).toBe(none.scope);
  });

  it.each([-0.1, 1.1, '0.1'])('refuse %j as that part', (threshold) => {
    expect(error(() => queries({ ...args, quarantine_threshold: threshold }, new Date())).message).toContain('/quarantine_threshold: received');
  });
});

function error(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (thrown) {
    if (isCodedError(thrown)) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}
