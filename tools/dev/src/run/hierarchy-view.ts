/** The state of an organization, as its query `state` gives it: entities by type and id, relations as ids. */
export interface TreeState {
  readonly Organization?: Readonly<Record<string, TreeNode & { readonly sources?: readonly string[] }>>;
  readonly Source?: Readonly<Record<string, TreeNode & { readonly datasets?: readonly string[] }>>;
  readonly Dataset?: Readonly<Record<string, TreeNode & { readonly owner?: string }>>;
}

interface TreeNode {
  readonly id: string;
  readonly name: string;
  readonly health?: string;
}

const MARKS: Readonly<Record<string, string>> = { ok: '●', late: '◐', stale: '○' };
const UNKNOWN = 'unknown';

export function healthOf(node: { readonly health?: string } | undefined): string {
  return node?.health ?? UNKNOWN;
}

/** The tree as lines: organizations, their sources, and how their datasets are, a mark for each, those that are not well by name. */
export function treeLines({ Organization = {}, Source = {}, Dataset = {} }: TreeState): string[] {
  return Object.values(Organization).flatMap((organization) => {
    const sources = (organization.sources ?? []).flatMap((id) => Source[id] ?? []);
    return [
      node(organization, ''),
      ...sources.flatMap((source, index) => {
        const isLast = index === sources.length - 1;
        const datasets = (source.datasets ?? []).flatMap((id) => Dataset[id] ?? []);
        const marks = datasets.map((dataset) => MARKS[healthOf(dataset)] ?? '·').join('');
        const bad = datasets.filter((dataset) => ['late', 'stale'].includes(healthOf(dataset)));
        return [
          `${isLast ? '└─' : '├─'} ${node(source, datasets.length === 0 ? '' : `  ${marks}  ${counted(datasets)}`)}`,
          ...bad.map((dataset) => `${isLast ? '  ' : '│ '}    ${node(dataset, dataset.owner === undefined ? '' : `, owner ${dataset.owner}`)}`),
        ];
      }),
    ];
  });
}

function node({ id, health = UNKNOWN }: TreeNode, rest: string): string {
  return `${MARKS[health] ?? '·'} ${id} ${health}${rest}`;
}

/** `8 ok, 2 stale` */
function counted(datasets: readonly TreeNode[]): string {
  const counts = new Map<string, number>();
  for (const dataset of datasets) counts.set(healthOf(dataset), (counts.get(healthOf(dataset)) ?? 0) + 1);
  return [...counts].map(([health, count]) => `${count} ${health}`).join(', ');
}
