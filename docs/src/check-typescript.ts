import { join } from 'node:path';
import ts from 'typescript';
import type { Snippet } from './extract-snippets.js';

/** Type errors of blocks of TypeScript, each with its page and line, under the options that this project is compiled with. */
export function checkTypeScript(snippets: readonly Snippet[], workspace: string): string[] {
  const files = new Map(snippets.map((snippet, index) => [join(workspace, 'docs', 'src', `snippet-${index}.mts`), snippet]));
  const { config } = ts.readConfigFile(join(workspace, 'tsconfig.base.json'), (path) => ts.sys.readFile(path)) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: true, composite: false, declaration: false, declarationMap: false, sourceMap: false, noUnusedLocals: false }, workspace);
  const host = ts.createCompilerHost(options);
  const original = { ...host };
  const textOf = ({ preamble, code }: Snippet): string => `${preamble}\n${code}\nexport {};\n`;
  host.readFile = (path) => {
    const snippet = files.get(path);
    return snippet ? textOf(snippet) : original.readFile(path);
  };
  host.fileExists = (path) => files.has(path) || original.fileExists(path);
  host.getSourceFile = (path, ...others) => {
    const snippet = files.get(path);
    return snippet ? ts.createSourceFile(path, textOf(snippet), others[0], true) : original.getSourceFile(path, ...others);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([path, snippet]) => {
    const source = program.getSourceFile(path);
    if (!source) return [`${placeOf(snippet)} could not be read`];
    return ts.getPreEmitDiagnostics(program, source).map(({ start = 0, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      const within = line - snippet.preamble.split('\n').length;
      return `${snippet.page}:${snippet.line + 1 + within} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}

/** Page and line of a block. */
export function placeOf({ page, line }: Snippet): string {
  return `${page}:${line}`;
}
