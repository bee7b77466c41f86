import { acceptsGzip } from './accepts-gzip.js';

describe('acceptsGzip', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['GZIP', true],
    ['br, gzip;q=0.5', true],
    ['gzip;q=0', false],
    ['gzip; q=0.0, *', false],
    ['*', true],
    ['*;q=0', false],
    ['identity', false],
    ['br', false],
  ])('%j: %s', (header, accepts) => {
    expect(acceptsGzip(header)).toBe(accepts);
  });
});
