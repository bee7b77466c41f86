import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_SEARCH_ATTRIBUTES } from './run-search-attributes.js';

it('are registered where a namespace is set up', () => {
  const script = readFileSync(join(__dirname, '../../../deploy/temporal/namespace.sh'), 'utf8');
  const pairs = [...script.matchAll(/\b(\w+)=(Keyword|Int|Text|Bool|Double|Datetime)\b/g)].map(([, name, type]) => [name, type]);
  expect(Object.fromEntries(pairs)).toMatchObject(RUN_SEARCH_ATTRIBUTES);
});
