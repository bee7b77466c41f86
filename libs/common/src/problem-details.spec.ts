import { SECRET_REF_INVALID, defineError, errorDetails, toProblemDetails } from './index.js';

const GONE = defineError('PROBLEM_SPEC_GONE', { recovery: 'skip', status: 410, message: '{what} is gone.', fix: 'Look for {what} elsewhere.' });

describe('toProblemDetails', () => {
  it('tells code, status, what happened, what to do and where it is documented', () => {
    expect(toProblemDetails(GONE({ what: 'It' }), '/v1/runs/1')).toEqual({
      type: 'urn:tributary:error:PROBLEM_SPEC_GONE',
      title: 'Problem spec gone',
      status: 410,
      detail: 'It is gone.',
      instance: '/v1/runs/1',
      code: 'PROBLEM_SPEC_GONE',
      fix: 'Look for It elsewhere.',
      documentation: '/docs/errors.html#problem_spec_gone',
    });
  });

  it('finds a coded error among the causes, also where Temporal has carried it as a failure', () => {
    const coded = SECRET_REF_INVALID({ length: 3 });
    expect(toProblemDetails(new Error('outer', { cause: coded })).code).toBe('SECRET_REF_INVALID');
    const failure = Object.assign(new Error(`${coded.message} ${coded.fix}`), { details: [errorDetails(coded)] });
    const details = toProblemDetails(new Error('Workflow failed', { cause: new Error('Activity failed', { cause: failure }) }));
    expect(details).toMatchObject({ code: 'SECRET_REF_INVALID', status: 400, detail: coded.message, fix: coded.fix });
    expect(details).not.toHaveProperty('instance');
  });

  it.each([[new Error('password hunter2')], ['hunter2'], [undefined], [null], [Object.assign(new Error('hunter2'), { details: [{ code: 1 }] })]])(
    'tells nothing of what was not written for a client: %p',
    (error) => {
      const details = toProblemDetails(error);
      expect(details).toMatchObject({ code: 'UNEXPECTED_ERROR', status: 500 });
      expect(JSON.stringify(details)).not.toContain('hunter2');
    },
  );

  it('ends on causes that go in a circle', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(toProblemDetails(first).code).toBe('UNEXPECTED_ERROR');
  });
});
