import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configuration, type KnownNames } from './configuration.js';

export interface FuzzOptions {
  /** The program and its first arguments, as `findSchemathesis` gives them. */
  readonly command: readonly string[];
  readonly url: string;
  /** The specification; without it, what the API itself gives. */
  readonly document?: object;
  /** None is sent without it. */
  readonly key?: string;
  readonly known?: KnownNames;
  readonly seconds: number;
  readonly phases: readonly ('examples' | 'coverage' | 'fuzzing' | 'stateful')[];
  /** @default by chance */
  readonly seed?: number;
}

export interface FuzzReport {
  /** Whether every check held. */
  readonly passed: boolean;
  /** What schemathesis has written. */
  readonly output: string;
  /** Requests that were answered. */
  readonly cases: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers by operation, such as `GET /v1/runs`, and status. */
  readonly operations: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface Scenario {
  readonly ScenarioFinished?: {
    readonly recorder?: { readonly label: string; readonly interactions?: Readonly<Record<string, { readonly response?: { readonly status_code: number } | null }>> };
  };
}

/** Runs schemathesis over the whole specification of an API. */
export async function runSchemathesis({ command: [program = '', ...first], url, document, key, known = {}, seconds, phases, seed }: FuzzOptions): Promise<FuzzReport> {
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
  const settings = join(folder, 'schemathesis.toml');
  const events = join(folder, 'events.ndjson');
  try {
    await writeFile(settings, configuration({ known, key }), { mode: 0o600 });
    const specification = join(folder, 'openapi.json');
    if (document) await writeFile(specification, JSON.stringify(document));
    const args = [...first, '--config-file', settings, 'run', document ? specification : `${url}/openapi.json`, '--url', url, '--phases', phases.join(',')];
    // One: the parser of Python 3.11 that it uses fails at times when two threads call it.
    args.push('--max-time', String(seconds), '--workers', '1', '--no-color', '--warnings', 'off', '--report', 'ndjson', '--report-ndjson-path', events);
    if (seed !== undefined) args.push('--seed', String(seed));
    if (key === undefined) args.push('--checks', 'refused_without_key,response_schema_conformance');
    // Answers of valid requests are checked by valid_requests_fit, which knows codes and not statuses alone.
    else args.push('--checks', 'all', '--exclude-checks', 'positive_data_acceptance');
    const env = { ...process.env, SCHEMATHESIS_HOOKS: join(__dirname, 'checks.py'), PYTHONDONTWRITEBYTECODE: '1' };
    const { code, output } = await run(program, args, env, folder, (seconds + 60) * 1_000);
    return { passed: code === 0, output, ...count(await readFile(events, 'utf8').catch(() => '')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv, cwd: string, timeout: number): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { env, cwd, timeout, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error ? 1 : 0, output: `${stdout}${stderr}${error && stdout === '' ? error.message : ''}` });
    });
  });
}

function count(events: string): Pick<FuzzReport, 'cases' | 'statuses' | 'operations'> {
  const statuses: Record<string, number> = {};
  const operations: Record<string, Record<string, number>> = {};
  let cases = 0;
  for (const line of events.split('\n').filter(Boolean)) {
    const { label = '', interactions = {} } = (JSON.parse(line) as Scenario).ScenarioFinished?.recorder ?? {};
    for (const { response } of Object.values(interactions)) {
      if (!response) continue;
      cases++;
      const of = (operations[label] ??= {});
      for (const counts of [of, statuses]) counts[response.status_code] = (counts[response.status_code] ?? 0) + 1;
    }
  }
  return { cases, statuses, operations };
}
