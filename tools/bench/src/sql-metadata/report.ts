import { cpus, totalmem } from 'node:os';
import type { Goal } from '../benchmark.js';

/** Figures of one size of catalog. Times are medians, in milliseconds. */
export interface SizeFigures {
  readonly name: string;
  readonly tables: number;
  readonly columns: number;
  readonly rows: number;
  readonly copyMillis: number;
  readonly bareMillis: number;
  readonly barePeakBytes: number;
  readonly wholeMillis: number;
  readonly workerPeakBytes: number;
  readonly statements: number;
  readonly activities: number;
}

const ms = (millis: number): string => `${(millis / 1_000).toFixed(2)} s`;
const mb = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;

/** Compares the figures with what the project promises. */
export function goals(sizes: readonly SizeFigures[]): Goal[] {
  const perSize = sizes.flatMap((size): Goal[] => {
    const timeLimit = size.bareMillis * 2.2 + 1_000;
    const statementLimit = 20 + size.rows / 1_000;
    return [
      { goal: `${size.name}: whole run ≤ 2.2 × bare script + 1 s`, measured: `${ms(size.wholeMillis)} of ${ms(timeLimit)}`, met: size.wholeMillis <= timeLimit },
      { goal: `${size.name}: worker's peak memory < 250 MB`, measured: mb(size.workerPeakBytes), met: size.workerPeakBytes < 250 * 1_048_576 },
      { goal: `${size.name}: statements ≤ 20 + rows / 1000`, measured: `${String(size.statements)} of ${statementLimit.toFixed(0)}`, met: size.statements <= statementLimit },
      { goal: `${size.name}: activities ≤ 15`, measured: String(size.activities), met: size.activities <= 15 },
    ];
  });
  const peaks = sizes.map(({ workerPeakBytes }) => workerPeakBytes);
  const spread = Math.max(...peaks) / Math.min(...peaks) - 1;
  return [...perSize, { goal: 'peak memory within 15 % between the sizes', measured: `${(spread * 100).toFixed(1)} %`, met: spread <= 0.15 }];
}

/** The page that is committed beside the figures. */
export function page(sizes: readonly SizeFigures[], rounds: number): string {
  const rows = sizes.map(
    (size) =>
      `| ${size.name}: ${String(size.tables)} tables, ${String(size.columns)} columns, ${String(size.rows)} rows | ${ms(size.copyMillis)} | ${ms(size.bareMillis)} | ${ms(size.wholeMillis)} | ${(size.wholeMillis / size.bareMillis).toFixed(2)} | ${mb(size.barePeakBytes)} | ${mb(size.workerPeakBytes)} | ${String(size.statements)} | ${String(size.activities)} |`,
  );
  const checks = goals(sizes).map(({ goal, measured, met }) => `| ${goal} | ${measured} | ${met ? 'yes' : '**no**'} |`);
  return `# Benchmark: SQL metadata

Written by \`npx nx run bench:sql-metadata\`. One run measures all columns in turn, ${String(rounds)} rounds after a warm-up;
times are medians. Machine: ${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${mb(totalmem())}, Node.js ${process.version}.

- COPY: the same rows by \`COPY … TO STDOUT\`, thrown away.
- Bare script: the same queries streamed with \`pg\` into the same JSON lines; no Temporal, sidecar, checks or compression.
- Whole run: from the call that starts the workflow to its result; everything is verified, compressed and published by then.

| Catalog | COPY | Bare script | Whole run | Whole ÷ bare | Bare script's peak memory | Worker's peak memory | Statements | Activities |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}

| Goal | Measured | Met |
|---|---|---|
${checks.join('\n')}
`;
}
