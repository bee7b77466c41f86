import { parseOptions } from './options.js';

it('has defaults', () => {
  expect(parseOptions([])).toEqual({ tables: 12_000, extractions: 2, events: 400_000, images: new Map() });
});

it('takes an image for each app', () => {
  const { images, tables } = parseOptions(['--tables', '50', '--image', 'starter-api=a:1', '--image=launchpad-worker=registry:5000/b:2']);
  expect([tables, [...images]]).toEqual([50, [['starter-api', 'a:1'], ['launchpad-worker', 'registry:5000/b:2']]]);
});

it.each([
  [['--tables', 'many'], '--tables takes a whole number'],
  [['--image', 'worker=a:1'], '--image worker=a:1 names none of'],
  [['--image', 'starter-api'], 'names none of'],
  [['--namespace', 'x'], '--namespace'],
])('refuses %j', (args, problem) => {
  expect(() => parseOptions(args)).toThrow(problem);
});
