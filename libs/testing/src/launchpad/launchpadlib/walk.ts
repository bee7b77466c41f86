import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import type { AccessLevel } from '../representation/caller.js';
import { WALK } from './python-files.js';

export type DumpedFields = Readonly<Record<string, unknown>>;

/** What launchpadlib found: an entry with all its fields, a collection in its order, or that something is not there. */
export type Dumped =
  | { readonly entry: DumpedFields }
  | { readonly of: string; readonly name: string; readonly entries: readonly DumpedFields[] }
  | { readonly missing: string; readonly status: number };

export interface WalkOptions {
  /** A Python that has launchpadlib, as `pythonEnvironment` gives it. */
  readonly python: string;
  /** @default devel */
  readonly version?: string;
  /** @default tributary */
  readonly applicationName?: string;
  /** Log in with a token. Neither this nor `dance`: anonymously. */
  readonly credentials?: { readonly accessToken: string; readonly accessSecret: string };
  /** Log in by asking for this level; `onAuthorize` is handed the page where somebody must say yes. */
  readonly dance?: { readonly level: AccessLevel; readonly onAuthorize: (url: URL) => void };
  /** Begin with the one who is logged in. */
  readonly me?: boolean;
  /** Names of people and teams, each with its collections. */
  readonly people?: readonly string[];
  /** Those of `people` whose tasks, proposals, reviews and questions are searched too. */
  readonly activityOf?: readonly string[];
  /** Bugs with tasks, activity and messages. */
  readonly bugs?: readonly number[];
  /** Projects whose proposals are read, each with comments, votes, diffs and inline comments. */
  readonly projects?: readonly string[];
  /** Projects and distributions whose questions are read. */
  readonly questionTargets?: readonly string[];
  /** Paths of other entries. */
  readonly entries?: readonly string[];
  /** Python processes that share the work. @default 1 */
  readonly processes?: number;
}

/** Has launchpadlib, unmodified, walk a Launchpad, and gives all that it found. @throws Error with what Python said */
export async function walkWithLaunchpadlib(url: string, options: WalkOptions): Promise<readonly Dumped[]> {
  const parts = options.processes ?? 1;
  const found = await Promise.all(Array.from({ length: parts }, (_, part) => walkPart(url, options, part, parts)));
  return found.flat();
}

async function walkPart(url: string, options: WalkOptions, part: number, parts: number): Promise<readonly Dumped[]> {
  const plan = {
    url,
    part,
    parts,
    version: options.version ?? 'devel',
    applicationName: options.applicationName ?? 'tributary',
    credentials: options.credentials ?? null,
    dance: options.dance?.level ?? null,
    me: options.me ?? false,
    people: options.people ?? [],
    activityOf: options.activityOf ?? [],
    bugs: options.bugs ?? [],
    projects: options.projects ?? [],
    questionTargets: options.questionTargets ?? [],
    entries: options.entries ?? [],
  };
  const child = spawn(options.python, [WALK], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  child.stdin.end(JSON.stringify(plan));

  const found: Dumped[] = [];
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    const parsed = JSON.parse(line) as Dumped | { readonly authorize: string };
    if ('authorize' in parsed) options.dance?.onAuthorize(new URL(parsed.authorize));
    else found.push(parsed);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`launchpadlib's walk ended with ${String(code)}:\n${complaint}`);
  return found;
}
