import { orderForSample } from './source-option.js';
import { parseStartOptions, refuseArguments } from './start-options.js';

it('reads the options of npm start', () => {
  expect(parseStartOptions([])).toEqual({ once: false });
  expect(parseStartOptions(['--once', '--source', 'postgres://a@b'])).toEqual({ once: true, source: 'postgres://a@b' });
});

it.each([
  [['--sauce', 'postgres://a:hunter2@b'], 'The option --sauce is unknown'],
  [['--source'], 'The option --source is unknown or lacks its value'],
  [['postgres://a:hunter2@b'], 'an argument too many'],
])('refuses %p without repeating what might be a password', (args, problem) => {
  expect(() => parseStartOptions(args)).toThrow(expect.objectContaining({ code: 'DEV_USAGE', message: expect.stringContaining(problem) as string }) as Error);
  expect(() => parseStartOptions(args)).not.toThrow(/hunter2/);
});

it('refuses arguments where none are taken', () => {
  expect(() => { refuseArguments(['x'], 'npm run stack'); }).toThrow(expect.objectContaining({ fix: 'Usage: npm run stack' }) as Error);
});

it('orders the sample by a reference to its password', () => {
  const sample = { user: 'reader', password: 'hush', database: 'sample', archive: 'archive' };
  const { input, secrets } = orderForSample({ host: '127.0.0.1', port: 5432 }, sample);
  expect(JSON.stringify(input)).not.toContain('hush');
  expect(input.source.password).toBe('secret://local/sample#password');
  expect(secrets).toEqual({ sample: { password: 'hush' } });
});
