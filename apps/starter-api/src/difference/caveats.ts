import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';
import { canonicalJson } from './published-entity.js';

/** Why something may be listed as added or removed that was there before, or still is: each in a sentence. */
export function caveatsOf(before: ExtractionManifest, after: ExtractionManifest): string[] {
  const caveats: string[] = [];
  if (canonicalJson(before.filters) !== canonicalJson(after.filters)) caveats.push('The runs have different filters.');
  if (canonicalJson(before.source.databases) !== canonicalJson(after.source.databases)) caveats.push('The runs have read different databases.');
  if (before.source.host !== after.source.host || before.source.port !== after.source.port) caveats.push('The runs have read different servers.');
  for (const [which, { reports, quarantine }] of [['earlier', before], ['later', after]] as const) {
    const unread = reports.reduce((sum, { count }) => sum + count, 0);
    const aside = quarantine.reduce((sum, { count }) => sum + count, 0);
    if (unread > 0) caveats.push(`The ${which} run could not read ${unread} things, or not wholly; its manifest lists them.`);
    if (aside > 0) caveats.push(`The ${which} run put ${aside} records into quarantine.`);
  }
  return caveats;
}
