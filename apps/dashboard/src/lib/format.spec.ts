import { ago, bytes, duration, words } from './format.js';

it.each([
  [0, '0 ms'],
  [849.6, '850 ms'],
  [4_210, '4.2 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [3_599_600, '1 h 00 min'],
  [7_800_000, '2 h 10 min'],
  [273_600_000, '3 d 4 h'],
])('writes %d milliseconds as %s', (millis, text) => {
  expect(duration(millis)).toBe(text);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_540, '1.5 kB'],
  [173_400, '173 kB'],
  [999_600, '1 MB'],
  [2_500_000_000, '2.5 GB'],
])('writes %d bytes as %s', (value, text) => {
  expect(bytes(value)).toBe(text);
});

it('tells how long ago something was', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(ago('2026-11-21T11:59:30Z', now)).toBe('just now');
  expect(ago('2026-11-21T12:00:30Z', now)).toBe('just now');
  expect(ago('2026-11-21T11:30:00Z', now)).toBe('30 min ago');
  expect(ago('2026-11-20T11:00:00Z', now)).toBe('1 day ago');
});

it('makes words of names', () => {
  expect(words('timed-out')).toBe('Timed out');
  expect(words('workflowId')).toBe('Workflow ID');
  expect(words('sslMode')).toBe('SSL mode');
  expect(words('quarantine_threshold')).toBe('Quarantine threshold');
});
