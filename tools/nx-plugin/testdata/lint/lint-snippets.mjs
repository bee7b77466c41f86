// Lints the snippets given as JSON on stdin, [{path, code}], as if each stood at its path in the workspace, and prints
// the ids of the rules that each breaks. A process of its own, as jest cannot load an ESM configuration.
import { createProjectGraphAsync } from '@nx/devkit';
import { ESLint } from 'eslint';
import { text } from 'node:stream/consumers';
import tseslint from 'typescript-eslint';

await createProjectGraphAsync({ exitOnError: true });
// Rules that need types need files that exist; none of those is looked at here.
const eslint = new ESLint({ cwd: process.cwd(), overrideConfig: [tseslint.configs.disableTypeChecked] });
const results = [];
for (const { path, code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath: path });
  results.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(`\n${JSON.stringify(results)}`);
process.exit(0);
