import { join } from 'node:path';
import type { ExtractionManifest, ExtractSqlMetadataResult, ScopeReport } from '@tributary/workflow-contracts/sql-metadata';
import { formatBytes, formatCount, formatDuration, table } from '../terminal/index.js';

export interface ExtractionOutcome {
  readonly result: ExtractSqlMetadataResult;
  readonly manifest: ExtractionManifest;
  readonly elapsedMs: number;
  /** Folder of the object store. */
  readonly objects: string;
}

/** What an extraction found, in lines: counts by type, quarantine, reports, time per phase, and where the artifacts are. */
export function summaryLines({ result, manifest, elapsedMs, objects }: ExtractionOutcome): string[] {
  const types = Object.entries(result.entities).sort(([a], [b]) => (a < b ? -1 : 1));
  const total = types.reduce((sum, [, count]) => sum + count, 0);
  const bytes = manifest.shards.reduce((sum, shard) => sum + shard.bytes, 0);
  const phases = Object.entries(result.phaseMillis).map(([phase, millis]) => `${phase} ${formatDuration(millis)}`);
  return [
    `${formatCount(total)} entities of ${types.length} types from PostgreSQL ${manifest.source.serverVersion} in ${formatDuration(elapsedMs)}`,
    '',
    ...indent(table([...types.map(([type, count]) => [type, formatCount(count)])], [1])),
    '',
    `Quarantined  ${formatCount(result.quarantined)}${result.quarantined > 0 ? ':' : ''}`,
    ...indent(table(manifest.quarantine.map(({ code, count }) => [code, formatCount(count)]), [1])),
    `Reports      ${formatCount(manifest.reports.length)}${manifest.reports.length > 0 ? ':' : ''}`,
    ...indent(manifest.reports.flatMap(reportLines)),
    `Phases       ${phases.join(', ')}`,
    `Artifacts    ${manifest.shards.length} files, ${formatBytes(bytes)}; manifest ${join(objects, result.manifest.uri)}`,
  ];
}

function reportLines({ scope, verdict, reason, fix, count }: ScopeReport): string[] {
  const name = [scope.database, scope.schema, scope.object].filter(Boolean).join('.');
  const line = `${verdict}: ${name}${count > 1 ? ` (${formatCount(count)} objects)` : ''}: ${reason}`;
  return fix ? [line, `  → ${fix}`] : [line];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
