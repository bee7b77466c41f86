import fc from 'fast-check';
import { pack, unpack } from './pack.js';

describe('a packed value', () => {
  it('is the same again, whatever it holds', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(unpack(pack(value))).toEqual(JSON.parse(JSON.stringify(value)))));
  });

  it('takes a tenth of a list of alike things', () => {
    const list = Array.from({ length: 5000 }, (_, index) => ({ id: `sales.orders_${index}`, name: `Orders ${index}`, thresholds: 'thresholds', self: [`sales.orders_${index}`] }));
    expect(pack(list).length).toBeLessThan(JSON.stringify(list).length / 10);
  });

  it('says so when it is damaged', () => {
    expect(() => unpack(pack({ a: 1 }).slice(4))).toThrow();
  });
});
