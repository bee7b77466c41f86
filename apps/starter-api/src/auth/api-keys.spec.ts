import { makeApiKey } from '../commands/api-key.js';
import { apiKeyEntry, findApiKey, newApiKey, parseApiKeys } from './api-keys.js';

const refusal = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
};

describe('the command', () => {
  it('prints a key, and an entry by which the API knows it', () => {
    const lines: string[] = [];
    makeApiKey(['--name=ci', '--role=operator'], (line) => lines.push(line));
    const [key = '', entry = ''] = lines.map((line) => line.split(/:\s{2,}/)[1] ?? '');
    expect(key).toMatch(/^trib_[\w-]{43}$/);
    expect(entry).not.toContain(key.slice(5));
    expect(findApiKey(parseApiKeys(entry), key)).toEqual({ name: 'ci', role: 'operator', kind: 'api-key' });
    makeApiKey(['--name=ci', '--role=operator'], (line) => lines.push(line));
    expect(lines[2]).not.toBe(lines[0]);
  });

  it.each([
    [[], 'It needs a name and a role'],
    [['--name=ci'], 'It needs a name and a role'],
    [['--name=ci', '--role=root'], 'its role is none of viewer, operator, admin'],
    [['--name=a b', '--role=admin'], 'its name is none'],
    [['--key=mine'], 'It takes --name and --role alone'],
  ])('with %j says what it takes', (args, problem) => {
    expect(refusal(() => { makeApiKey(args, () => undefined); })).toContain(problem);
  });
});

describe('TRIBUTARY_API_KEYS', () => {
  it('holds several keys, which may be on lines of their own', () => {
    const [first, second] = [newApiKey(), newApiKey()];
    const keys = parseApiKeys(`${apiKeyEntry(first, 'one', 'viewer')},\n ${apiKeyEntry(second, 'two', 'admin')}`);
    expect(findApiKey(keys, first)?.name).toBe('one');
    expect(findApiKey(keys, second)?.role).toBe('admin');
    expect(findApiKey(keys, newApiKey())).toBeUndefined();
  });

  it('opens nothing by a key that somebody has thought of', () => {
    for (const guess of ['password', 'trib_password', '']) {
      expect(findApiKey(parseApiKeys(apiKeyEntry(guess, 'weak', 'admin')), guess)).toBeUndefined();
    }
  });

  it.each([
    ['a key in place of its hash', `one:admin:${newApiKey()}`, 'its hash is not 64 hexadecimal digits'],
    ['a key alone', newApiKey(), 'its role is none of'],
    ['a hash in capitals', `one:admin:${'A'.repeat(64)}`, 'its hash'],
    ['one part too many', `one:admin:${'a'.repeat(64)}:x`, 'its hash'],
    ['an end that is open', `one:admin:${'a'.repeat(64)},`, 'Entry 2'],
    ['a name twice', `one:admin:${'a'.repeat(64)},one:viewer:${'b'.repeat(64)}`, 'its name is taken'],
  ])('with %s is refused, and not repeated', (_, text, problem) => {
    const told = refusal(() => parseApiKeys(text));
    expect(told).toMatch(/^AUTH_KEYS_INVALID: /);
    expect(told).toContain(problem);
    expect(told).not.toMatch(/trib_|a{64}|A{64}/);
  });
});
