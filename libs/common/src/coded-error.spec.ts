import type * as original from './coded-error.js';
import { CodedError, defineError, definedErrors, isCodedError } from './index.js';

const REFUSED = defineError('CODED_SPEC_REFUSED', { recovery: 'fatal', message: '{host} refused {tries} times: {reasons}.', fix: 'Ask {host}.' });
const LATER = defineError('CODED_SPEC_LATER', { recovery: 'retry', message: 'Later.', fix: 'Wait.' });

describe('defineError', () => {
  it('makes errors whose texts have their parameters filled in', () => {
    const cause = new Error('why');
    const error = REFUSED({ host: 'db', tries: 2, reasons: ['a', 'b'] }, { cause });
    expect(error).toBeInstanceOf(CodedError);
    expect(error).toMatchObject({ code: 'CODED_SPEC_REFUSED', recovery: 'fatal', message: 'db refused 2 times: a, b.', fix: 'Ask db.', cause });
  });

  it('shows a parameter that was left out by its name', () => {
    expect(REFUSED({ host: 'db' }).message).toBe('db refused {tries} times: {reasons}.');
  });

  it('takes its HTTP status from the recovery unless told', () => {
    expect([REFUSED.status, LATER.status]).toEqual([400, 503]);
  });

  it('refuses a malformed code, and one code for two errors', () => {
    expect(() => defineError('lower_case', { recovery: 'skip', message: '', fix: '' })).toThrow(/Invalid error code/);
    expect(() => defineError('CODED_SPEC_LATER', { recovery: 'skip', message: 'Else.', fix: '' })).toThrow(/defined twice/);
  });

  it('lists what is defined in order of code', () => {
    const codes = definedErrors().map(({ code }) => code);
    expect(codes).toEqual([...codes].sort());
    expect(codes).toEqual(expect.arrayContaining(['CODED_SPEC_LATER', 'CODED_SPEC_REFUSED', 'PAYLOAD_TOO_LARGE']));
  });
});

it('recognises the error of another copy of the module, and nothing else', () => {
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof original>('./coded-error.js');
    const error = other.defineError('CODED_SPEC_OTHER', { recovery: 'skip', message: '', fix: '' })();
    expect([error instanceof CodedError, isCodedError(error)]).toEqual([false, true]);
  });
  expect([isCodedError(new Error('x')), isCodedError(null), isCodedError('x')]).toEqual([false, false, false]);
});
