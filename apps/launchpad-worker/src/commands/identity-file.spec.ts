import { parseIdentities } from './identity-file.js';

it('reads names and employee ids, with or without heading, quotes and empty lines', () => {
  const identities = [
    { name: 'alice', employeeId: 'E-1' },
    { name: 'bob+work.2', employeeId: 'Robert Ü' },
  ];
  expect(parseIdentities('alice,E-1\nbob+work.2,Robert Ü\n', 'f.csv')).toEqual(identities);
  expect(parseIdentities('\uFEFFname,employee_id\r\n"alice","E-1"\r\n\r\n bob+work.2 , Robert Ü \r\nalice,E-1', 'f.csv')).toEqual(identities);
});

it.each([
  ['alice', 1, 'two fields'],
  ['alice,E-1,x', 1, 'two fields'],
  ['alice,E-1\nAlice Smith,E-2', 2, 'first field'],
  ['alice,', 1, 'second field'],
  ['alice,E-1\nalice,E-2', 2, 'earlier line'],
])('refuses %j, with its line', (text, line, problem) => {
  const error = expect.objectContaining({ code: 'IDENTITY_FILE_INVALID', parameters: expect.objectContaining({ line, file: 'f.csv' }) as unknown }) as Error;
  expect(() => parseIdentities(text, 'f.csv')).toThrow(error);
  expect(() => parseIdentities(text, 'f.csv')).toThrow(problem);
});
