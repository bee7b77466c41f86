import { filtersOf } from './filters.js';
import { globOfName, globsOfSearch } from './patterns.js';

describe('a pattern of the SDK', () => {
  it.each([
    ['^dev$', 'dev'],
    ['dev', 'dev'],
    ['^my\\.db$', 'my.db'],
    ['^my.db$', 'my?db'],
    ['^stg_.*$', 'stg_*'],
    ['^x.+$', 'x?*'],
    ['^a\\*b\\?c\\\\d$', 'a\\*b\\?c\\\\d'],
    ['cost\\$', 'cost$'],
    ['ümlaut', 'ümlaut'],
  ])('%s is the glob %s of a whole name', (pattern, glob) => {
    expect(globOfName(pattern, 'include-filter')).toBe(glob);
  });

  it.each(['^$', '', '^db[0-9]$', '^(a|b)$', '^a{2,3}$', '^a+$', '^a*$', '^a?$', '^\\d$', '^a\\', 'a^b'])('%s is refused', (pattern) => {
    expect(() => globOfName(pattern, 'include-filter')).toThrow(/include-filter/);
  });

  it.each([
    ['^temp_', ['temp_*']],
    ['_tmp$', ['*_tmp']],
    ['tmp', ['*tmp*']],
    ['^a$|^b.*', ['a', 'b*']],
  ])('%s, which is searched for, is the globs %j', (pattern, globs) => {
    expect(globsOfSearch(pattern, 'temp-table-regex')).toEqual(globs);
  });
});

describe('filters of the SDK', () => {
  it('are rules, from objects and from their text', () => {
    const expected = { include: [{ database: 'db', schema: 's1' }, { database: 'db', schema: 's2' }, { database: 'db2' }], exclude: [{ database: 'old' }, { object: 'tmp_*' }] };
    const include = { '^db$': ['^s1$', '^s2$'], '^db2$': '*' };
    const exclude = { '^old$': [] };
    expect(filtersOf({ 'include-filter': include, 'exclude-filter': exclude, 'temp-table-regex': '^tmp_' })).toEqual(expected);
    expect(filtersOf({ 'include-filter': JSON.stringify(include), 'exclude-filter': JSON.stringify(exclude), 'temp-table-regex': '^tmp_' })).toEqual(expected);
  });

  it.each([[undefined], [{}], [{ 'include-filter': '{}', 'exclude-filter': '', 'temp-table-regex': '' }]])('that are empty (%j) leave nothing out', (metadata) => {
    expect(filtersOf(metadata)).toEqual({});
  });

  it.each([[{ 'include-filter': 'x' }], [{ 'include-filter': [] }], [{ 'include-filter': { db: 5 } }], [{ 'include-filter': { db: [1] } }], [{ 'temp-table-regex': 5 }], [{ databases: 'a' }], [5]])('%j are refused', (metadata) => {
    expect(() => filtersOf(metadata)).toThrow(/no filter/);
  });
});
