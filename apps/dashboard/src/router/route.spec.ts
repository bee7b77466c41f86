import fc from 'fast-check';
import { href, matchRoute, parseHash, withQuery } from './route.js';

it('finds its way back from any address that it makes', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.string(), (id, value) => {
      const location = parseHash(withQuery(href`runs/${id}`, { value }));
      expect(matchRoute('runs/:workflowId', location)).toEqual({ workflowId: id });
      expect(location.query.get('value') ?? '').toBe(value);
    }),
  );
});

it('matches whole routes only', () => {
  expect(matchRoute('runs', parseHash('#/runs'))).toEqual({});
  expect(matchRoute('runs', parseHash('#/runs/'))).toEqual({});
  expect(matchRoute('runs', parseHash('#/runs/a'))).toBeUndefined();
  expect(matchRoute('runs/:workflowId', parseHash('#/runs'))).toBeUndefined();
  expect(matchRoute('start/:slug', parseHash('#/runs/a'))).toBeUndefined();
});

it('takes what cannot be decoded as it stands', () => {
  expect(parseHash('#/runs/%E0%A4%A').segments).toEqual(['runs', '%E0%A4%A']);
  expect(parseHash('').segments).toEqual([]);
});
