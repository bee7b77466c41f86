import type { EventRuleBody } from '../../api/event-rules.js';
import { draftOfRule, EMPTY_RULE, findingsOfRule, ruleOf } from './rule-draft.js';

const RULES: readonly EventRuleBody[] = [
  { topic: 'changes', match: {}, start: { configuration: 'nightly' } },
  {
    description: 'After each load',
    topic: 'changes',
    match: { type: 'loaded', source: '/warehouse', subject: 'sales', data: { '/table/rows': 7, '/table/ok': true, '/table/name': '7', '/note': null } },
    start: { runType: 'mock-flow', input: { type: 'LaunchpadQuery', args: { team: { $event: '/data/team' } } } },
  },
];

it.each(RULES)('finds its way from a rule to what is typed and back', (rule) => {
  const draft = draftOfRule(rule);
  expect(findingsOfRule(draft).size).toBe(0);
  expect(ruleOf(draft)).toEqual(rule);
});

it('takes what is typed without quotes as text, unless it is another value', () => {
  const data = ['sales', '"7"', '7', 'true', '{"a":1}'].map((value, index) => ({ pointer: `/${index}`, value }));
  expect(ruleOf({ ...EMPTY_RULE, topic: 't', what: 'configuration:c', data }).match.data).toEqual({ '/0': 'sales', '/1': '7', '/2': 7, '/3': true, '/4': '{"a":1}' });
});

it('says what is missing or no JSON', () => {
  expect([...findingsOfRule(EMPTY_RULE).keys()]).toEqual(['topic', 'what']);
  const rows = [{ pointer: 'x', value: '' }, { pointer: '/a', value: '1' }, { pointer: '/a', value: '2' }];
  expect([...findingsOfRule({ ...EMPTY_RULE, topic: 't', what: 'type:mock-flow', input: '[1', data: rows }).keys()]).toEqual(['input', 'data/0', 'data/2']);
});
