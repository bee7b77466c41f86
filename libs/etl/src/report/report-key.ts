import { wellFormed } from '../engine/well-formed.js';
import type { FlowRun } from '../messages.js';

/** Key of a run's report. Workflow ids are any text, so each becomes one percent-encoded segment. */
export function reportKey({ flow, key }: Pick<FlowRun, 'flow' | 'key'>): string {
  const at = key.lastIndexOf('/');
  return ['flows', flow, segment(key.slice(0, at)), segment(key.slice(at + 1)), 'report.jsonl'].join('/');
}

function segment(name: string): string {
  const encoded = encodeURIComponent(wellFormed(name)).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
  // A segment has at most 255 bytes; the run id that follows keeps a shortened one unique.
  return encoded.slice(0, 250).replace(/%[0-9A-F]?$/, '');
}
