import { filterOf, isFiltered, queryOf } from './list-query.js';

it('reads its part of the address, and nothing of what it does not know', () => {
  const list = queryOf(new URLSearchParams('status=failed&search=subject&text=team/a&since=24&pageToken=abc&other=1'));
  expect(list).toEqual({ status: 'failed', type: undefined, search: 'subject', text: 'team/a', since: '24', pageToken: 'abc', startedAfter: undefined });
  expect(queryOf(new URLSearchParams('search=constructor')).search).toBeUndefined();
});

it('asks the API in its words', () => {
  const now = Date.parse('2026-11-21T12:00:30Z');
  expect(filterOf({ search: 'subject', text: 'team/a', since: '24' }, now)).toMatchObject({ subject: 'team/a', startedAfter: '2026-11-20T12:00:30.000Z' });
  expect(filterOf({ since: '24', pageToken: 'abc', startedAfter: '2026-11-19T00:00:00.000Z' }, now)).toMatchObject({ startedAfter: '2026-11-19T00:00:00.000Z' });
  expect(filterOf({ text: 'default/postgres/1' }, now)).toMatchObject({ connection: 'default/postgres/1' });
  expect(Object.values(filterOf({ since: 'x' }, now)).every((value) => value === undefined)).toBe(true);
});

it('knows whether anything is filtered', () => {
  expect(isFiltered(queryOf(new URLSearchParams('search=subject&text=&pageToken=abc')))).toBe(false);
  expect(isFiltered(queryOf(new URLSearchParams('status=failed')))).toBe(true);
});
