import type { Filters } from '@tributary/workflow-contracts/sql-metadata';
import { assertFilters, explainFilters } from './explain.js';

const filters: Filters = {
  include: [{ schema: 'sales' }, { database: 'shop', schema: 'hr', object: 'dep*' }],
  exclude: [{ database: 'old*' }, { schema: 'sales', object: 'tmp_*' }],
};

it.each([
  [{ database: 'shop', schema: 'sales', object: 'orders' }, true, { list: 'include', index: 0 }],
  [{ database: 'shop', schema: 'hr', object: 'department' }, true, { list: 'include', index: 1 }],
  [{ database: 'shop', schema: 'sales', object: 'tmp_1' }, false, { list: 'exclude', index: 1 }],
  [{ database: 'old_shop' }, false, { list: 'exclude', index: 0 }],
  [{ database: 'shop', schema: 'other' }, false, undefined],
  [{ database: 'shop', schema: 'pg_catalog' }, false, undefined],
])('%j: %s by %j', (subject, selected, rule) => {
  const verdict = explainFilters(filters, subject);
  expect(verdict).toMatchObject({ selected });
  expect(verdict.rule).toEqual(rule);
  expect(verdict.reason).not.toBe('');
});

it('tells two rules apart that read the same', () => {
  const twice: Filters = { include: [{ schema: 'a' }, { schema: 'b' }, { schema: 'b' }] };
  expect(explainFilters(twice, { database: 'd', schema: 'b' }).rule).toEqual({ list: 'include', index: 1 });
});

it('refuses a pattern that cannot be read, wherever it stands', () => {
  expect(() => assertFilters(filters)).not.toThrow();
  expect(() => assertFilters({ exclude: [{ schema: 'a' }, { object: 'half\\' }] })).toThrow(expect.objectContaining({ code: 'SQL_FILTER_INVALID' }) as Error);
});
