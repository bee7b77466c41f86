import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { Writable } from 'node:stream';

/** Asks a question on the terminal; what is typed does not show. Rejects when the user presses Ctrl-C or Ctrl-D. */
export function askHidden(question: string, input: ReadStream, output: WriteStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const silent = new Writable({ write: (_chunk, _encoding, done) => { done(); } });
    const lines = createInterface({ input, output: silent, terminal: true, historySize: 0 });
    output.write(question);
    let answer: string | undefined;
    lines.once('SIGINT', () => { lines.close(); });
    lines.once('line', (line) => {
      answer = line;
      lines.close();
    });
    lines.once('close', () => {
      output.write('\n');
      if (answer === undefined) reject(new Error('No password was typed'));
      else resolve(answer);
    });
  });
}
