import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openApiDocument } from '../openapi-document.js';

const GUIDE = resolve(__dirname, '../../../../docs/guides/access.md');
const TABLE = /(<!-- operations -->\n)[^]*(<!-- \/operations -->)/;

type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string; readonly 'x-required-role'?: string }>>>> };

/** The table of the guide, out of the routes. */
function operationTable({ paths }: Document): string {
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId = '', 'x-required-role': role = '' }]) => `| \`${method.toUpperCase()} ${path}\` | ${operationId} | \`${role}\` |`),
  );
  return `\n| Route | Operation | Role |\n|---|---|---|\n${rows.sort().join('\n')}\n\n`;
}

// After a change of routes: UPDATE_GUIDE=1 npx jest -c jest.config.cjs access-guide
it('has every operation with its role in the guide', async () => {
  const table = operationTable((await openApiDocument()) as Document);
  const guide = readFileSync(GUIDE, 'utf8');
  if (process.env['UPDATE_GUIDE'] === '1') writeFileSync(GUIDE, guide.replace(TABLE, (_, begin: string, end: string) => `${begin}${table}${end}`));
  expect(TABLE.exec(readFileSync(GUIDE, 'utf8'))?.[0]).toBe(`<!-- operations -->\n${table}<!-- /operations -->`);
  expect(table).not.toContain('| `` |');
});
