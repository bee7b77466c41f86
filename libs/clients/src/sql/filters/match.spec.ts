import type { Filters } from '@tributary/workflow-contracts/sql-metadata';
import { globMatches, parseGlob } from './glob.js';
import { matchFilters } from './match.js';

describe('a glob', () => {
  it.each([
    ['orders', 'orders', true],
    ['orders', 'Orders', false],
    ['order', 'orders', false],
    ['*', '', true],
    ['order*', 'orders', true],
    ['*der*', 'orders', true],
    ['o?ders', 'orders', true],
    ['?', '😀', true],
    ['??', '😀', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'aXb', false],
    ['a\\\\b', 'a\\b', true],
    ['a.b', 'aXb', false],
    ['a%b_', 'aXbX', false],
    ['*\n*', 'new\nline', true],
    ['a*b*c', 'abcbc', true],
    ['a*b*c', 'abcb', false],
  ])('%j and %j: %s', (pattern, name, expected) => {
    expect(globMatches(parseGlob(pattern, 'object'), name)).toBe(expected);
  });

  it('with many wildcards is answered at once', () => {
    const started = performance.now();
    expect(globMatches(parseGlob('*a'.repeat(30) + 'b', 'object'), 'a'.repeat(63))).toBe(false);
    expect(performance.now() - started).toBeLessThan(200);
  });

  it.each([
    ['', 'empty'],
    ['half\\', 'single backslash'],
    ['a\0b', 'NUL'],
    ['\ud83d', 'surrogate'],
  ])('%j is refused', (pattern, reason) => {
    expect(() => parseGlob(pattern, 'schema')).toThrow(expect.objectContaining({ code: 'SQL_FILTER_INVALID', message: expect.stringContaining(reason) as string }) as Error);
  });
});

describe('filters', () => {
  const filters: Filters = {
    include: [{ schema: 'sales' }, { database: 'shop', schema: 'hr', object: 'dep*' }],
    exclude: [{ schema: 'sales', object: 'tmp_*' }, { database: 'old*' }],
  };

  it.each([
    [{ database: 'shop' }, true],
    [{ database: 'old_shop' }, false],
    [{ database: 'shop', schema: 'sales' }, true],
    [{ database: 'shop', schema: 'other' }, false],
    [{ database: 'shop', schema: 'hr' }, true],
    [{ database: 'second', schema: 'hr' }, false],
    [{ database: 'shop', schema: 'sales', object: 'orders' }, true],
    [{ database: 'shop', schema: 'sales', object: 'tmp_orders' }, false],
    [{ database: 'shop', schema: 'hr', object: 'department' }, true],
    [{ database: 'shop', schema: 'hr', object: 'employee' }, false],
  ])('%j: %s', (subject, expected) => {
    expect(matchFilters(filters, subject).included).toBe(expected);
  });

  it('name the rule that decided', () => {
    const verdict = matchFilters(filters, { database: 'shop', schema: 'sales', object: 'tmp_1' });
    expect(verdict).toEqual({ included: false, rule: filters.exclude?.[0], because: 'exclude rule {"schema":"sales","object":"tmp_*"} matches' });
    expect(matchFilters(filters, { database: 'shop', schema: 'sales' }).rule).toBe(filters.include?.[0]);
    expect(matchFilters(filters, { database: 'shop', schema: 'x' })).toEqual({ included: false, because: 'no include rule matches' });
    expect(matchFilters({}, { database: 'shop' })).toEqual({ included: true, because: 'there is no include rule and no exclude rule matches' });
  });

  it('that exclude every object of a schema keep the empty schema', () => {
    expect(matchFilters({ exclude: [{ schema: 's', object: '*' }] }, { database: 'd', schema: 's' }).included).toBe(true);
    expect(matchFilters({ exclude: [{ schema: 's' }] }, { database: 'd', schema: 's' }).included).toBe(false);
  });
});
