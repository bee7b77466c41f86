import { spawn, type ChildProcess } from 'node:child_process';

/** Where the apps of the development overlay are, and what they need. */
export const APPS_NAMESPACE = 'tributary-development';
export const TRIAL_NAMESPACE = 'tributary-trial';

/** Runs kubectl in the current context and gives what it prints. @throws Error with what it says when it fails */
export async function kubectl(args: readonly string[], input = ''): Promise<string> {
  const child = spawn('kubectl', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (chunk: string) => (texts[name] += chunk));
  child.stdin.end(input);
  const code = await ended(child);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${texts.stderr.trim() || `ended with ${String(code)}`}`);
  return texts.stdout.trim();
}

/** The same for what answers in JSON. */
export async function kubectlJson<T>(args: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl([...args, '-o', 'json'])) as T;
}

/** Applies an object, or a list of them. */
export async function applyObjects(...items: readonly object[]): Promise<void> {
  await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
}

/** Milliseconds until every replica of a Deployment is the newest, and ready. @throws Error after `seconds` */
export async function rolledOut(namespace: string, deployment: string, seconds = 240): Promise<number> {
  const from = Date.now();
  await kubectl(['-n', namespace, 'rollout', 'status', `deployment/${deployment}`, `--timeout=${String(seconds)}s`]);
  return Date.now() - from;
}

/** Exit code of a program, or the signal that ended it. @throws Error when it cannot be run */
export function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code ?? signal);
    });
  });
}
