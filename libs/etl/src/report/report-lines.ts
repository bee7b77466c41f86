import type { RunLedger } from '../store/types.js';

const CHUNK = 64 * 1_024;

/**
 * The report of a run as JSON lines: a `SubjectReport` for each subject, then a line for each quarantined record with
 * unit, record, code and message. Memory stays flat; `count` gives the lines written so far.
 */
export function reportLines(
  ledger: Pick<RunLedger, 'report' | 'quarantined'>,
  onChunk: () => void,
): { readonly lines: AsyncIterable<Uint8Array>; readonly count: () => number } {
  let count = 0;
  async function* chunks(): AsyncIterable<Uint8Array> {
    let text = '';
    for (const records of [ledger.report(), ledger.quarantined()]) {
      for await (const record of records) {
        text += `${JSON.stringify(record)}\n`;
        count++;
        if (text.length < CHUNK) continue;
        yield Buffer.from(text);
        text = '';
        onChunk();
      }
    }
    if (text !== '') yield Buffer.from(text);
  }
  return { lines: chunks(), count: () => count };
}
