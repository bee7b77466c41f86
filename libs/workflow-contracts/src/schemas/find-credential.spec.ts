import { randomBytes } from 'node:crypto';
import { findCredential } from './index.js';

const pem = ['-----BEGIN', 'RSA PRIVATE KEY-----\nMIIE'].join(' ');

describe('findCredential', () => {
  it.each<[unknown, string]>([
    [{ source: { password: 'hunter2' } }, '/source/password'],
    [{ source: { password: 12345 } }, '/source/password'],
    [{ source: { password: 'secret://' } }, '/source/password'],
    [{ source: { Password: 'x' } }, '/source/Password'],
    [{ source: { PGPASSWORD: 'x' } }, '/source/PGPASSWORD'],
    [{ a: [{ clientSecret: 'x' }] }, '/a/0/clientSecret'],
    [{ a: { 'api-key': 'x' } }, '/a/api-key'],
    [{ credentials: { value: 'x' } }, '/credentials/value'],
    [{ credentials: ['secret://local/a', 'x'] }, '/credentials/1'],
    [{ 'a/b~c': { token: 'x' } }, '/a~1b~0c/token'],
    [{ host: 'postgres://u:p@host/db' }, '/host'],
    [{ host: 'postgres://u:p/a?b@host/db' }, '/host'],
    [{ host: 'https://abcdef@host/db' }, '/host'],
    [{ host: 'jdbc:postgresql://host/db?user=u&password=p' }, '/host'],
    [{ options: 'host=h password=p' }, '/options'],
    [{ note: pem }, '/note'],
    [{ note: `AKIA${'A1'.repeat(8)}` }, '/note'],
    [{ note: `see ghp_${'a'.repeat(36)}` }, '/note'],
    [{ note: `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.sig` }, '/note'],
    ['postgres://u:p@host', '/'],
    [{ [`ghp_${'a'.repeat(36)}`]: 1 }, '/[name]'],
  ])('finds the one in %j at %s', (value, path) => {
    expect(findCredential(value)).toBe(path);
  });

  it.each<[unknown]>([
    [{ source: { password: 'secret://local/warehouse#password' } }],
    [{ credentials: { db: 'secret://local/a' } }],
    [{ password: '' }],
    [{ password: null }],
    [{ password: true }],
    [{ filters: { exclude: [{ object: 'password' }, { schema: 'secret_tokens' }] } }],
    [{ host: 'postgres://host:5432/db' }],
    [{ host: 'http://host:8080/a@b' }],
    [{ name: 'me@example.com' }],
    [{ compass: 'north' }],
    [{ nextPageToken: 'abc' }],
    ['text'],
    [undefined],
    [null],
  ])('finds none in %j', (value) => {
    expect(findCredential(value)).toBeUndefined();
  });

  it('never tells a value', () => {
    const value = randomBytes(12).toString('hex');
    expect(findCredential({ a: { password: value } })).not.toContain(value);
  });

  it('survives nesting deeper than the call stack, cycles, and texts made to be slow', () => {
    let deep: unknown = { password: 'x' };
    for (let depth = 0; depth < 50_000; depth++) deep = [deep];
    expect(findCredential(deep)).toMatch(/\/0\/password$/);
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(findCredential(cycle)).toBeUndefined();
    const started = performance.now();
    for (const part of ['a.', 'a://a', 'x://:', '-eyJaaaaaaaaaaaa', 'password = ']) findCredential(part.repeat(65_536 / part.length));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
