import { typeModifiersOf } from './type-modifiers.js';

const none = { length: null, precision: null, scale: null };

it.each([
  ['varchar(20)', 1043, 24, { ...none, length: 20 }],
  ['varchar', 1043, -1, none],
  ['char(1)', 1042, 5, { ...none, length: 1 }],
  ['bit(8)', 1560, 8, { ...none, length: 8 }],
  ['numeric(12,2)', 1700, ((12 << 16) | 2) + 4, { ...none, precision: 12, scale: 2 }],
  ['numeric(1000,1000)', 1700, ((1000 << 16) | 1000) + 4, { ...none, precision: 1000, scale: 1000 }],
  ['numeric(3,-6)', 1700, ((3 << 16) | (-6 & 0x7ff)) + 4, { ...none, precision: 3, scale: -6 }],
  ['numeric', 1700, -1, none],
  ['timestamp(0)', 1114, 0, { ...none, precision: 0 }],
  ['interval(3)', 1186, (0x7fff << 16) | 3, { ...none, precision: 3 }],
  ['interval day', 1186, (8 << 16) | 0xffff, none],
  ['integer', 23, -1, { ...none, precision: 32, scale: 0 }],
  ['text', 25, -1, none],
])('%s', (_, oid, modifier, expected) => {
  expect(typeModifiersOf(oid, modifier)).toEqual(expected);
});
