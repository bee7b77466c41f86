import { nearest } from './nearest.js';

const NAMES = ['LaunchpadQuery', 'ChangeLogQuery', 'id'];

it.each([
  ['LaunchPadQuerry', 'LaunchpadQuery'],
  ['changelogquery', 'ChangeLogQuery'],
  ['di', 'id'],
  ['JiraQuery', undefined],
  ['', 'id'],
])('takes %j for a misspelling of %j', (text, meant) => {
  expect(nearest(text, NAMES)).toBe(meant);
});

it('finds nothing among nothing', () => {
  expect(nearest('x', [])).toBeUndefined();
});
