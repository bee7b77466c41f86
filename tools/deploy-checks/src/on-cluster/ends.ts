import { spawn } from 'node:child_process';
import { APPS_NAMESPACE, ended, kubectl, kubectlJson } from './kubectl.js';

interface PodState {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status: { readonly containerStatuses?: readonly { readonly name: string; readonly restartCount: number; readonly state: { readonly terminated?: { readonly exitCode: number; readonly finishedAt: string } } }[] };
}

/** How a Pod ended: after how many seconds, and each of its containers with which exit code. */
export interface PodEnd {
  readonly pod: string;
  readonly seconds: number;
  readonly containers: Readonly<Record<string, { readonly exitCode: number; readonly finishedAt: string }>>;
}

/** Pods of an app that run and are not being deleted. */
export async function podsOf(app: string): Promise<{ name: string; restarts: number }[]> {
  const { items } = await kubectlJson<{ items: PodState[] }>(['-n', APPS_NAMESPACE, 'get', 'pods', '-l', `app.kubernetes.io/name=${app}`]);
  return items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata, status }) => ({ name: metadata.name, restarts: (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0) }));
}

/** Watches a Pod until it is gone: call before it is deleted. */
export async function endOf(pod: string): Promise<PodEnd> {
  const args = ['-n', APPS_NAMESPACE, 'get', 'pod', pod, '-w', '-o', 'jsonpath={.metadata.deletionTimestamp}|{.status.containerStatuses}{"\\n"}'];
  const watch = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const containers: Record<string, { exitCode: number; finishedAt: string }> = {};
  let deletedAt: number | undefined;
  let text = '';
  watch.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (text += chunk).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      const [, deletion = '', statuses = ''] = /^([^|]*)\|(.*)$/.exec(line) ?? [];
      if (deletion !== '') deletedAt ??= Date.now();
      for (const { name, state } of (statuses === '' ? [] : JSON.parse(statuses)) as NonNullable<PodState['status']['containerStatuses']>) {
        if (state.terminated) containers[name] = { exitCode: state.terminated.exitCode, finishedAt: state.terminated.finishedAt };
      }
    }
  });
  const closed = ended(watch);
  try {
    await kubectl(['-n', APPS_NAMESPACE, 'wait', '--for=delete', `pod/${pod}`, '--timeout=300s']);
    return { pod, seconds: (Date.now() - (deletedAt ?? Date.now())) / 1000, containers };
  } finally {
    watch.kill();
    await closed;
  }
}
