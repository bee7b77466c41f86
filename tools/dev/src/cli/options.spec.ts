import { inputFor } from './launchpad-job.js';
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

it('reads the option of the hierarchy', () => {
  expect(parseStartOptions(['--hierarchy', '--once'])).toEqual({ once: true, hierarchy: true });
});

it('reads the options of Launchpad', () => {
  expect(parseStartOptions(['--launchpad', '--once'])).toEqual({ once: true, launchpad: { incremental: false } });
  const real = ['--launchpad', '--service-root', 'production', '--member', 'alice', '--from', '2026-01-01', '--incremental'];
  expect(parseStartOptions(real)).toEqual({
    once: false,
    launchpad: { serviceRoot: 'production', subject: { kind: 'member', name: 'alice' }, from: '2026-01-01', incremental: true },
  });
});

it.each([
  [['--member', 'alice'], 'need --launchpad'],
  [['--incremental'], 'need --launchpad'],
  [['--launchpad', '--source', 'postgres://a@b'], '--source is for'],
  [['--hierarchy', '--source', 'postgres://a@b'], '--source is for'],
  [['--hierarchy', '--launchpad'], 'Give one of --launchpad'],
  [['--hierarchy', '--member', 'a'], 'need --launchpad'],
  [['--launchpad', '--member', 'a', '--team', 'b'], 'Give one of'],
  [['--launchpad', '--service-root', 'production', '--from', '2026-01-01'], 'whose events'],
  [['--launchpad', '--service-root', 'production', '--member', 'a'], 'since when'],
])('refuses %p', (args, problem) => {
  expect(() => parseStartOptions(args)).toThrow(expect.objectContaining({ code: 'DEV_USAGE', message: expect.stringContaining(problem) as string }) as Error);
});

it('reads the sample where the options name nothing else', () => {
  const sample = { url: 'http://127.0.0.1:1/', team: 'sample-team', from: '2026-01-01', to: '2026-07-01' };
  const args = (...options: string[]): unknown => inputFor(parseStartOptions(['--launchpad', ...options]).launchpad ?? { incremental: false }, sample).args;
  expect(args()).toEqual({ team: 'sample-team', data_date_start: '2026-01-01', data_date_end: '2026-07-01' });
  expect(args('--incremental')).toEqual({ team: 'sample-team', data_date_start: '2026-01-01', incremental: true });
  expect(args('--member', 'alice', '--from', '2026-02-01')).toEqual({ member: 'alice', data_date_start: '2026-02-01' });
});

it('refuses arguments where none are taken', () => {
  expect(() => { refuseArguments(['x'], 'npm run stack'); }).toThrow(expect.objectContaining({ fix: 'Usage: npm run stack' }) as Error);
});

it('orders the sample by a reference to its password', () => {
  const sample = { user: 'reader', password: 'hush', database: 'sample', archive: 'archive' };
  const { input, secrets } = orderForSample({ stack: { postgres: { host: '127.0.0.1', port: 5432 } }, sample });
  expect(JSON.stringify(input)).not.toContain('hush');
  expect(input.source.password).toBe('secret://local/sample#password');
  expect(secrets).toEqual({ sample: { password: 'hush' } });
});
