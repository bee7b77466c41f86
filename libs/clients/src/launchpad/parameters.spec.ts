import fc from 'fast-check';
import { encodeParameters } from './parameters.js';
import { serviceDescription } from './service-description/description.js';
import type { Launchpad } from './types.js';

/** Reads a value as Launchpad does: JSON if it is JSON, otherwise the text itself. */
function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const { types } = serviceDescription();
function encode(operation: string, parameters: Readonly<Record<string, unknown>>): URLSearchParams {
  const [type = '', name = ''] = operation.split('.');
  // Through text, as on its way to the server.
  return new URLSearchParams(encodeParameters(operation, types[type]!.operations[name]!, parameters).toString());
}

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constantFrom('123', 'true', 'null', 'NaN', '-Infinity', ' 1 ', '"a"', ''));

describe('what Launchpad reads is what was given', () => {
  it('for texts, numbers and flags', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (search, flag) => {
        const query = encode('person.searchTasks', { search_text: search, has_patch: flag });
        expect(decode(query.get('search_text')!)).toBe(search);
        expect(decode(query.get('has_patch')!)).toBe(flag);
      }),
    );
    fc.assert(
      fc.property(fc.maxSafeInteger(), (id) => {
        expect(decode(encode('branch_merge_proposal.getComment', { id }).get('id')!)).toBe(id);
      }),
    );
  });

  it('for lists, of which one value is one too', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (tags) => {
        expect(decode(encode('bugs.searchTasks', { tags }).get('tags')!)).toEqual(tags);
        expect(decode(encode('bugs.searchTasks', { tags: tags[0] }).get('tags')!)).toEqual([tags[0]]);
      }),
    );
  });

  it('for times, which are in UTC', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') }), (time) => {
        const sent = decode(encode('people.findPerson', { text: 'a', created_after: time }).get('created_after')!) as string;
        expect(sent).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
        expect(new Date(sent)).toEqual(time);
      }),
    );
    const sent = (time: string) => decode(encode('person.getMergeProposals', { created_since: time }).get('created_since')!);
    expect(sent('2025-03-01')).toBe('2025-03-01');
    expect(sent('2025-03-01T12:00:00.123456Z')).toBe('2025-03-01T12:00:00.123456+00:00');
    expect(sent('2025-03-01T12:00:00+00:00')).toBe('2025-03-01T12:00:00+00:00');
  });
});

describe('parameters that the service description does not know', () => {
  it.each([
    ['person.getMergeProposals', { modified_since: '2025-01-01' }, 'LAUNCHPAD_PARAMETER_UNKNOWN', /created_before, created_since, status/],
    ['person.searchTasks', { toString: 'x' }, 'LAUNCHPAD_PARAMETER_UNKNOWN', /toString/],
    ['person.searchTasks', { status: ['Wontfix'] }, 'LAUNCHPAD_PARAMETER_INVALID', /"Wontfix"; it takes one of: New, Incomplete/],
    ['person.searchTasks', { status: [] }, 'LAUNCHPAD_PARAMETER_INVALID', /an empty list/],
    ['person.searchTasks', { has_patch: 'true' }, 'LAUNCHPAD_PARAMETER_INVALID', /true or false/],
    ['person.searchTasks', { assignee: 'alice' }, 'LAUNCHPAD_PARAMETER_INVALID', /the link of an entry/],
    ['person.searchTasks', { modified_since: '2025-03-01T00:00:00+02:00' }, 'LAUNCHPAD_PARAMETER_INVALID', /UTC/],
    ['person.searchTasks', { modified_since: '2025-03-01 00:00:00' }, 'LAUNCHPAD_PARAMETER_INVALID', /UTC/],
    ['person.searchTasks', { modified_since: new Date(NaN) }, 'LAUNCHPAD_PARAMETER_INVALID', /UTC/],
    ['person.searchTasks', { search_text: Symbol.for('x') }, 'LAUNCHPAD_PARAMETER_INVALID', /withheld/],
    ['branch_merge_proposal.getComment', { id: 1.5 }, 'LAUNCHPAD_PARAMETER_INVALID', /an integer/],
    ['branch_merge_proposal.getComment', {}, 'LAUNCHPAD_PARAMETER_INVALID', /required/],
  ])('%s does not send %j', (operation, parameters, code, message) => {
    let thrown: unknown;
    try {
      encode(operation, parameters);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code, recovery: 'fatal' });
    const { message: told, fix } = thrown as Error & { fix: string };
    expect(`${told} ${fix}`).toMatch(message);
  });

  it('do not compile either', () => {
    // Never called: the compiler is what checks it.
    const check = (client: Launchpad): unknown[] => [
      client.operation('person.searchTasks', '', { status: ["Won't Fix"], modified_since: '2025-03-01', tags: 'x' }),
      // @ts-expect-error no such parameter
      client.operation('person.getMergeProposals', '', { modified_since: '2025-03-01' }),
      // @ts-expect-error no such value
      client.operation('person.searchTasks', '', { status: ['Wontfix'] }),
      // @ts-expect-error no such operation
      client.operation('person.searchBugs', '', {}),
      // @ts-expect-error it gives an entry
      client.operation('people.getByEmail', '', { email: 'a@example.com' }),
      // @ts-expect-error a parameter is missing
      client.call('people.getByEmail', '', {}),
      // @ts-expect-error no such field
      client.get('person', '').then(({ nickname }) => String(nickname)),
      // @ts-expect-error a withheld field is no text
      client.get('person', '').then(({ name }): string => name),
    ];
    expect(check).toBeDefined();
  });
});
