import { numberAfter, pathOf, personOf, withoutOwner } from './links.js';

const root = 'https://api.launchpad.net/devel/';

it('reads paths of every root and version', () => {
  expect(pathOf(`${root}ubuntu/+source/firefox`)).toBe('ubuntu/+source/firefox');
  expect(pathOf('http://127.0.0.1:18085/1.0/bugs/1')).toBe('bugs/1');
  expect(pathOf('https://launchpad.net/api/beta/bugs/1')).toBe('bugs/1');
  expect(pathOf('https://example.org/launchpad/api/devel/bugs/1')).toBe('bugs/1');
  expect(pathOf(`${root}~alice/devel/trunk`)).toBe('~alice/devel/trunk');
  expect(pathOf('https://example.org/x?y=/devel/bugs/1')).toBeUndefined();
  expect(pathOf('https://example.org/x')).toBeUndefined();
});

it('knows people by their own link only', () => {
  expect(personOf(`${root}~alice`)).toBe('alice');
  expect(personOf(`${root}~a%2Bb`)).toBe('a+b');
  expect(personOf(`${root}~alice/shop`)).toBeUndefined();
  expect(personOf(`${root}shop`)).toBeUndefined();
});

it('parts an owner from a path', () => {
  expect(withoutOwner('~alice/shop/+git/shop')).toEqual({ path: 'shop/+git/shop', owner: 'alice' });
  expect(withoutOwner('ubuntu/+archive/primary')).toEqual({ path: 'ubuntu/+archive/primary', owner: null });
});

it('reads the number after a marker', () => {
  expect(numberAfter(`${root}~a/shop/+git/x/+merge/505857/comments/12`, '+merge')).toBe(505857);
  expect(numberAfter(`${root}shop/+bug/1/comments/0`, 'comments')).toBe(0);
  expect(numberAfter(`${root}shop/+bug/one`, '+bug')).toBeUndefined();
  expect(numberAfter(`${root}shop/+bug`, '+bug')).toBeUndefined();
  expect(numberAfter(`${root}7/shop`, '+bug')).toBeUndefined();
});
