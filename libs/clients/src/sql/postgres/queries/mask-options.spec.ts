import { maskOptions } from './mask-options.js';

it.each([
  ['password=hunter2', 'password=***'],
  ['AWS_SECRET_ACCESS=abc', 'AWS_SECRET_ACCESS=***'],
  ['api_key=abc=def', 'api_key=***'],
  ['user=sa', 'user=***'],
  ['oauth_token=t', 'oauth_token=***'],
  ['key_columns=id', 'key_columns=id'],
  ['location=https://me:pw@host/path', 'location=https://***@host/path'],
  ['dsn=host=h password=pw dbname=d', 'dsn=host=h password=*** dbname=d'],
  ["connstr=password = 'p w' host=h", 'connstr=password=*** host=h'],
  ['remote_table=ledger', 'remote_table=ledger'],
  ['filename=/data/a.csv', 'filename=/data/a.csv'],
])('%s becomes %s', (option, masked) => {
  expect(maskOptions([option])).toEqual([masked]);
});
