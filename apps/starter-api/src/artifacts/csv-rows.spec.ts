import { csvCell, csvHeader, csvLine, flatten } from './csv-rows.js';

const text = (value: string): string => csvCell({ text: value, plain: false });

describe('a cell', () => {
  it.each([
    ['plain', 'plain'],
    ['', '""'],
    ['a,b', '"a,b"'],
    ['say "yes"', '"say ""yes"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' padded ', '" padded "'],
    // Where ; ends a cell, what follows would begin one.
    ['a;=1+1', '"a;=1+1"'],
  ])('of %j is %j', (value, cell) => expect(text(value)).toBe(cell));

  it.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠A', `=HYPERLINK("http://x","y")`])('with the formula %j is text to a spreadsheet', (formula) => {
    expect(text(formula)).toBe(`"'${formula.replaceAll('"', '""')}"`);
  });

  it('with a number of the record is left alone, and without a value empty', () => {
    expect(csvCell({ text: '-1', plain: true })).toBe('-1');
    expect(csvCell(undefined)).toBe('');
  });
});

describe('a record', () => {
  it('becomes one level of columns, of which no two places share one', () => {
    const row = flatten({ a: { b: 1, 'c.d': 'x' }, 'a.b': 2, 'c\\': { d: true }, list: ['=1', null], none: null, empty: {} });
    expect(Object.fromEntries([...row].map(([column, { text: value }]) => [column, value]))).toEqual({
      'a.b': '1',
      'a.c\\.d': 'x',
      'a\\.b': '2',
      'c\\\\.d': 'true',
      list: '["=1",null]',
    });
  });

  it('that is no object has one column', () => expect([...flatten(7).keys()]).toEqual(['value']));

  it('is a line under its header, names of columns being guarded too', () => {
    const row = flatten({ name: 'x', '=cmd': -5 });
    expect(csvHeader(['name', '=cmd', 'other'])).toBe(`name,"'=cmd",other\r\n`);
    expect(csvLine(['name', '=cmd', 'other'], row)).toBe('x,-5,\r\n');
  });
});
