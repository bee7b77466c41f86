import { defineError } from '@tributary/common';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { parseInstant } from '../time/instant.js';
import { describeError } from './describe-error.js';
import { draftProblems } from './draft-problems.js';
import { FailureTally } from './failure-tally.js';
import { toEvent } from './to-event.js';
import { verdictOf } from './unit-error.js';

const DRAFT: EventDraft = { id: 'a-1', parentId: 'a', type: 'a.b', time: '2026-01-01T00:00:00Z', actor: 'ada', properties: {} };

describe('the check of drafts', () => {
  it.each<[string, object]>([
    ['as it should be', {}],
    ['without an actor', { actor: null }],
    ['with people', { people: { assignee: 'ada', reviewers: ['brook'], closer: null } }],
    ['with properties of any shape', { properties: { a: [{ b: null, c: 'ö🦆', d: 1.5, e: true }] } }],
  ])('lets a draft pass %s', (_, more) => {
    expect(draftProblems({ ...DRAFT, ...more })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an empty id', { id: '' }, 'id is not'],
    ['an id beyond what an index holds', { id: 'x'.repeat(501) }, 'longer'],
    ['an empty actor', { actor: '' }, 'actor'],
    ['a missing actor', { actor: undefined }, 'actor'],
    ['a Date', { time: new Date() }, 'time'],
    ['a list of properties', { properties: [] }, 'properties'],
    ['people without a name', { people: { assignee: [''] } }, 'people.assignee'],
    ['NUL deep inside', { properties: { a: { 'b\u0000': 1 } } }, 'U+0000'],
    ['half a pair', { properties: { a: 'x\ud83e' } }, 'surrogate'],
    ['no number', { properties: { a: NaN } }, 'number'],
    ['a bigint', { properties: { a: 1n } }, 'bigint'],
  ])('refuses %s', (_, more, words) => {
    expect(draftProblems({ ...DRAFT, ...more }).join()).toContain(words);
  });

  it('refuses what is nested without end', () => {
    const endless: Record<string, unknown> = {};
    endless['again'] = endless;
    expect(draftProblems({ ...DRAFT, properties: endless })).toHaveLength(1);
  });
});

describe('an event', () => {
  it('has people by their ids alone', () => {
    const draft = { ...DRAFT, properties: { n: 1, assignee: 'ada' }, people: { assignee: 'ada', reviewers: ['brook', 'ada'], closer: null } };
    expect(toEvent(draft, parseInstant(draft.time), 'k', (name) => `e-${name.length}`)).toEqual({
      id: 'a-1',
      parent_id: 'a',
      week: '2025-12-29',
      employee_id: 'e-3',
      type: 'a.b',
      time_utc: '2026-01-01T00:00:00.000000Z',
      source_kind_id: 'k',
      relation_properties: { n: 1, assignee: 'e-3', reviewers: ['e-5', 'e-3'], closer: null },
    });
  });
});

describe('the tally of failures', () => {
  it('blames units only for failures before a success of another', () => {
    const tally = new FailureTally(3);
    expect([tally.failure('a'), tally.failure('a'), tally.failure('b')]).toEqual([1, 2, 1]);
    expect([tally.sourceFails, tally.take('a')]).toEqual([false, 0]);
    tally.success('c');
    expect([tally.take('a'), tally.take('a'), tally.take('b')]).toEqual([2, 0, 1]);
  });

  it('sees that the source fails when as many units fail in a row', () => {
    const tally = new FailureTally(3);
    for (const unit of ['a', 'b']) tally.failure(unit);
    tally.success('c');
    for (const unit of ['a', 'b']) tally.failure(unit);
    expect(tally.sourceFails).toBe(false);
    tally.failure('d');
    expect(tally.sourceFails).toBe(true);
  });

  it('forgives a unit that goes on', () => {
    const tally = new FailureTally(3);
    tally.failure('a');
    tally.success('a');
    expect(tally.take('a')).toBe(0);
  });
});

describe('what follows from an error', () => {
  const skip = defineError('ENGINE_TEST_SKIP', { recovery: 'skip', message: 'm', fix: 'f' });
  const fatal = defineError('ENGINE_TEST_FATAL', { recovery: 'fatal', message: 'm', fix: 'f' });
  const unauthorized = defineError('ENGINE_TEST_UNAUTHORIZED', { recovery: 'fatal', status: 401, message: 'm', fix: 'f' });
  const busy = defineError('ENGINE_TEST_BUSY', { recovery: 'retry', message: 'm', fix: 'f' });

  it.each<[string, unknown, object]>([
    ['private', skip({ outcome: 'private' }), { recovery: 'skip', outcome: 'private', endsRun: false }],
    ['gone', skip({ outcome: 'gone' }), { recovery: 'skip', outcome: 'gone' }],
    ['skipped without a word', skip(), { recovery: 'skip', outcome: 'failed' }],
    ['skipped with another word', skip({ outcome: 'done' }), { outcome: 'failed' }],
    ['fatal', fatal({ outcome: 'gone' }), { recovery: 'fatal', outcome: 'failed', endsRun: false }],
    ['unauthorized', unauthorized(), { recovery: 'fatal', endsRun: true }],
    ['busy', busy({ retryAfterMs: 5_000 }), { recovery: 'retry', retryAfterMs: 5_000 }],
    ['busy for ever', busy({ retryAfterMs: 1e9 }), { retryAfterMs: 900_000 }],
    ['of no registry', new TypeError('x'), { recovery: 'retry', endsRun: false }],
  ])('that is %s', (_, error, verdict) => {
    expect(verdictOf(error)).toMatchObject(verdict);
  });

  it('is described without what a parser quotes, without secrets, and shortly', () => {
    const parsing = new SyntaxError('Unexpected token, "the body" is not valid JSON');
    const scrub = (text: string) => text.replaceAll('hunter2', '[secret]');
    expect(describeError(parsing, scrub).message).not.toContain('body');
    expect(describeError(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }), scrub).message).toContain('ECONNREFUSED');
    expect(describeError(new Error('with hunter2'), scrub).message).not.toContain('hunter2');
    expect(describeError(new Error('x'.repeat(5_000)), scrub).message.length).toBeLessThan(1_100);
    expect(describeError(new Error('x'), scrub).message).not.toContain('/');
  });
});
