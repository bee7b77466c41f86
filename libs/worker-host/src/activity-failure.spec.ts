import { CompleteAsyncError } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { SecretScrubber, defineError } from '@tributary/common';
import { toActivityFailure } from './activity-failure.js';

const LOST = defineError('ACTIVITY_SPEC_LOST', { recovery: 'retry', message: 'Lost {host}.', fix: 'Wait.' });
const WRONG = defineError('ACTIVITY_SPEC_WRONG', { recovery: 'fatal', message: 'Wrong.', fix: 'Correct it.' });
const SKIPPED = defineError('ACTIVITY_SPEC_SKIPPED', { recovery: 'skip', message: 'Skipped.', fix: 'Grant it.' });

const scrubber = new SecretScrubber();
scrubber.add('hunter2');
const abort = (): Error => new DOMException('This operation was aborted', 'AbortError');

function convert(error: unknown, cancelledFor?: string): ApplicationFailure {
  const controller = new AbortController();
  if (cancelledFor !== undefined) controller.abort(new CancelledFailure(cancelledFor));
  return toActivityFailure(error, { activityType: 'load', cancellationSignal: controller.signal }, scrubber) as ApplicationFailure;
}

describe('toActivityFailure', () => {
  it('retries everything but what is fatal', () => {
    expect([LOST({ host: 'h' }), WRONG(), SKIPPED(), new Error('x')].map((error) => convert(error).nonRetryable)).toEqual([false, true, false, false]);
  });

  it('lets an error say after how long it is worth another try', () => {
    expect(convert(LOST({ host: 'h', retryAfterMs: 5000 })).nextRetryDelay).toBe(5000);
    expect(convert(LOST({ host: 'h' })).nextRetryDelay).toBeUndefined();
  });

  it("passes Temporal's own failures on, without secrets", () => {
    const failure = ApplicationFailure.nonRetryable('by hunter2', 'OWN', { key: ['hunter2', 1] });
    expect(convert(failure)).toBe(failure);
    expect(failure).toMatchObject({ message: 'by [secret]', type: 'OWN', details: [{ key: ['[secret]', 1] }] });
    const async = new CompleteAsyncError();
    expect(convert(async)).toBe(async);
  });

  it('takes an abort for the cancellation that it follows from, also within a coded error', () => {
    for (const error of [abort(), LOST({ host: 'h' }, { cause: abort() }), new CancelledFailure('CANCELLED')]) {
      expect(convert(error, 'CANCELLED')).toBeInstanceOf(CancelledFailure);
    }
    expect(convert(abort())).toMatchObject({ type: 'UNEXPECTED_ERROR' });
  });

  it('keeps errors that have nothing to do with the cancellation, and fatal ones', () => {
    expect(convert(LOST({ host: 'h' }), 'CANCELLED')).toMatchObject({ type: 'ACTIVITY_SPEC_LOST' });
    expect(convert(WRONG(undefined, { cause: abort() }), 'CANCELLED')).toMatchObject({ type: 'ACTIVITY_SPEC_WRONG' });
  });

  it('fails retryably when it is the worker that shuts down', () => {
    expect(convert(abort(), 'WORKER_SHUTDOWN')).toMatchObject({ type: 'WORKER_SHUTTING_DOWN', nonRetryable: false });
  });

  it('scrubs message, stack, parameters and every cause, and drops what drivers attach', () => {
    const driver = Object.assign(new Error('hunter2 refused'), { query: 'select hunter2' });
    const failure = convert(LOST({ host: 'hunter2' }, { cause: new Error('outer hunter2', { cause: driver }) }));
    const inner = failure.cause?.cause as Error;
    expect([failure.message, failure.cause?.message, inner.message]).toEqual(['Lost [secret]. Wait.', 'outer [secret]', '[secret] refused']);
    expect(inner).not.toHaveProperty('query');
    expect(JSON.stringify([failure.details, failure.stack, failure.cause?.stack, inner.stack])).not.toContain('hunter2');
  });

  it.each([['text hunter2', 'a thrown string: text [secret]'], [undefined, 'a thrown undefined: undefined'], [new TypeError('no'), 'TypeError: no']])(
    'says what it was that no registry knows: %p',
    (thrown, said) => {
      expect(convert(thrown).message).toContain(said);
      expect(convert(thrown).type).toBe('UNEXPECTED_ERROR');
    },
  );
});
