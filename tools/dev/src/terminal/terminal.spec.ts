import { bar, formatBytes, formatCount, formatDuration, table } from './format.js';
import { Screen } from './screen.js';
import { Steps } from './steps.js';

function recorder(isTTY: boolean, columns = 20): { stream: { isTTY: boolean; columns: number; write(text: string): void }; text(): string } {
  let written = '';
  return { stream: { isTTY, columns, write: (text) => void (written += text) }, text: () => written };
}

it.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1_000, '1.0 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min 0 s'],
  [152_400, '2 min 32 s'],
])('writes %d ms as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it('writes bytes and counts', () => {
  expect([999, 1_000, 212_984_073].map(formatBytes)).toEqual(['999 B', '1.0 kB', '213.0 MB']);
  expect(formatCount(1234567)).toBe('1,234,567');
});

it.each([
  [0, 0, '░░░░'],
  [1, 4, '█░░░'],
  [3.9, 4, '███░'],
  [4, 4, '████'],
  [9, 4, '████'],
])('draws %d of %d', (done, total, drawn) => {
  expect(bar(done, total, 4)).toBe(drawn);
});

it('aligns columns', () => {
  expect(table([['Type', 'Entities'], ['Column', '1,200'], ['View', '7']], [1])).toEqual(['Type    Entities', 'Column     1,200', 'View           7']);
});

describe('screen', () => {
  it('redraws live lines below those that stay, cut to the terminal', () => {
    const { stream, text } = recorder(true, 8);
    const screen = new Screen(stream);
    screen.live(['one', 'a line too long']);
    screen.print('stays');
    screen.live([]);
    expect(text()).toBe('one\na line \n\u001b[2A\r\u001b[0Jstays\none\na line \n\u001b[2A\r\u001b[0J');
  });

  it('writes no control sequences where there is no terminal', () => {
    const { stream, text } = recorder(false);
    const screen = new Screen(stream);
    screen.live(['moving']);
    screen.print('stays');
    expect(text()).toBe('stays\n');
  });
});

describe('steps', () => {
  beforeEach(() => { jest.useFakeTimers(); });
  afterEach(() => { jest.useRealTimers(); });

  it('mention what takes long, with its latest detail', async () => {
    const { stream, text } = recorder(false);
    const steps = new Steps(new Screen(stream));
    let finish: (value: number) => void = () => undefined;
    const step = steps.run('Build', (tell) => { tell('half'); return new Promise<number>((resolve) => { finish = resolve; }); }, (size) => `${size} files`);
    await jest.advanceTimersByTimeAsync(25_000);
    finish(3);
    await step;
    expect(text()).toBe('… Build: half (10.0 s)\n… Build: half (20.0 s)\n✓ Build: 3 files (25.0 s)\n');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('mark what fails, and pass the error on', async () => {
    const { stream, text } = recorder(true, 80);
    const steps = new Steps(new Screen(stream));
    await expect(steps.run('Start', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(text()).toContain('✗ Start (0 ms)\n');
  });
});
