import { namedPerson, withoutPeople } from './people.js';

it.each([
  ['Alice Jones (alice)', 'alice'],
  ['Bob B. (the builder) (bob)', 'bob'],
  ['李 (小) 龙 (li-xiaolong)', 'li-xiaolong'],
  ['a) (b (c (c+d.e-f)', 'c+d.e-f'],
  [' (x1)', 'x1'],
  ['mark', 'mark'],
])('reads %j as %s', (text, name) => {
  expect(namedPerson(text)).toEqual({ who: 'person', name });
});

it.each([null, undefined, '', 'nobody', '(unassigned)', 'None'])('reads %j as nobody', (text) => {
  expect(namedPerson(text)).toEqual({ who: 'nobody' });
});

it.each(['Alice Jones', 'Alice (Countess)', 'Alice(alice)', 'Alice (alice) ?', 'Ünal'])('finds no name in %j, and makes up none', (text) => {
  expect(namedPerson(text)).toEqual({ who: 'unknown' });
});

it('takes people out of paths', () => {
  expect(withoutPeople('see lp:~alice/shop/fix and https://x.test/~bob?a#b')).toBe('see lp:~/shop/fix and https://x.test/~?a#b');
});
