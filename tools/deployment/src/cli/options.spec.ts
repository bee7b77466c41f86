import { parseOrder } from './options.js';

it.each([
  [['app', 'status'], { action: 'status', deployment: 'app' }],
  [['app', 'set-current', '--build-id', 'b', '--deployment', 'other'], { action: 'set-current', deployment: 'other', buildId: 'b' }],
  [['app', 'ramp', '--build-id=b', '--percent', '2.5'], { action: 'ramp', deployment: 'app', buildId: 'b', percent: 2.5 }],
  [['app', 'ramp', '--percent', '0'], { action: 'ramp', deployment: 'app', buildId: '', percent: 0 }],
  [['app', 'drain', '--build-id', 'b'], { action: 'drain', deployment: 'app', buildId: 'b', timeoutMs: 3_600_000 }],
  [['app', 'drain', '--build-id', 'b', '--timeout', '5', '--entities', 'A,B'], { action: 'drain', deployment: 'app', buildId: 'b', timeoutMs: 300_000, entities: ['A', 'B'] }],
])('reads %j', (args, order) => {
  expect(parseOrder(args, {})).toEqual(order);
});

it('takes the name of the deployment from the environment of the worker', () => {
  expect(parseOrder(['app', 'status'], { TRIBUTARY_DEPLOYMENT_NAME: 'mine' })).toEqual({ action: 'status', deployment: 'mine' });
});

it.each([
  [['app'], 'An action is missing'],
  [['app', 'promote'], 'no action "promote"'],
  [['app', 'status', 'now'], 'no action "status now"'],
  [['app', 'status', '--percent', '5'], 'takes no --percent'],
  [['app', 'set-current'], 'needs --build-id'],
  [['app', 'ramp', '--build-id', 'b'], '--percent is missing'],
  [['app', 'ramp', '--build-id', 'b', '--percent', '101'], '--percent is 101'],
  [['app', 'drain', '--build-id', 'b', '--timeout', 'soon'], '--timeout is soon'],
  [['app', 'status', '--verbose'], "'--verbose'"],
])('refuses %j', (args, problem) => {
  expect(() => parseOrder(args, {})).toThrow(expect.objectContaining({ code: 'DEPLOYMENT_USAGE', message: expect.stringContaining(problem) as string }) as Error);
});
