import { parseArgs } from 'node:util';
import { APPS } from '../workspace.js';

/** What `--help` prints. */
export const USAGE = `npx nx run deploy-checks:on-cluster [-- options]
  --tables <n>          of the database that is extracted during the rolling update (12000)
  --extractions <n>     so many extractions of it at a time (2)
  --events <n>          of the flow during it (400000)
  --image <app>=<image> what to roll an app to; may be repeated. Without it the Pods are replaced by new ones of the same image
kubectl's current context has to be a cluster with Dapr and deploy/kubernetes/trial: docs/guides/deploy.md.`;

export interface Options {
  readonly tables: number;
  readonly extractions: number;
  readonly events: number;
  readonly images: ReadonlyMap<string, string>;
}

/** @throws Error with what may be given */
export function parseOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { tables: text, extractions: text, events: text, image: { type: 'string', multiple: true } } });
  const images = (values.image ?? []).map((pair): [string, string] => {
    const [, app = '', image = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (!(APPS as readonly string[]).includes(app)) throw new Error(`--image ${pair} names none of ${APPS.join(', ')}\n${USAGE}`);
    return [app, image];
  });
  return {
    tables: whole('tables', values.tables ?? '12000'),
    extractions: whole('extractions', values.extractions ?? '2'),
    events: whole('events', values.events ?? '400000'),
    images: new Map(images),
  };
}

function whole(name: string, value: string): number {
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new Error(`--${name} takes a whole number from 1, not "${value}"\n${USAGE}`);
  return Number(value);
}
