import { setTimeout as delay } from 'node:timers/promises';
import { DEV_TREE_STUCK } from '../errors.js';
import { healthOf, TemporalCommand, treeLines } from '../run/index.js';
import type { TreeState } from '../run/index.js';
import { catalogTokens, HIERARCHY_WORKER, startCatalog, startInfrastructure } from '../stack/index.js';
import type { Screen } from '../terminal/index.js';
import type { Job } from './job.js';
import { errorText } from './report-error.js';

const TOP = 'Organization/acme';
const SOURCES = ['sales', 'finance'];
const DATASETS = 20;
/** The one that becomes stale. */
const VICTIM = 'sales.orders';
const POLL_MS = 500;
const WAIT_MS = 120_000;
const RUNNING = 'TaskQueue = "hierarchy" AND ExecutionStatus = "Running"';

interface LoggedRequest {
  readonly path: string;
  readonly generation?: number;
  readonly status: number;
}

/** A tree on a small data catalog: it comes up, a dataset becomes stale and well again, and the token is rotated. */
export function hierarchyJob({ once }: { readonly once: boolean }): Job {
  return {
    apps: [{ app: HIERARCHY_WORKER, title: 'Hierarchy worker' }],
    prepare: async (context) => {
      const { layout, steps, supervisor, binaries } = context;
      const { tokens, secrets } = catalogTokens();
      const catalog = steps.run('Data catalog', () => startCatalog(layout, supervisor, tokens));
      const [catalogUrl, infrastructure] = await Promise.all([
        catalog,
        startInfrastructure({ ...context, withSample: false, launchpad: { serviceRoot: 'production' }, catalogUrl: catalog }),
      ]);
      const { address, namespace } = infrastructure.stack.temporal;
      const input = { entity: { id: 'acme', name: 'Acme' }, apiToken: tokenRef(1), apiUrl: catalogUrl };
      const temporal = new TemporalCommand(binaries.temporal.path, address, namespace);
      const tree = new Tree(temporal, catalogUrl, layout.log(HIERARCHY_WORKER.name));
      return { infrastructure, input, secrets, run: (_, screen) => show(tree, layout.input, screen, once) };
    },
  };
}

/** How the secret store names a token of the catalog. */
function tokenRef(generation: number): string {
  return `secret://local/catalog-${generation}#token`;
}

async function show(tree: Tree, inputFile: string, screen: Screen, once: boolean): Promise<boolean> {
  try {
    await tree.end(screen);
    screen.print('\nGrowing an organization with two sources of a data catalog');
    await tree.grow(inputFile, screen);
    await tree.fail(screen);
    await tree.rotate(screen);
    screen.live([]);
    if (once) return true;
    screen.print(commands(tree.catalogUrl));
    // For as long as it serves, which ends with the process.
    void tree.follow(screen);
    return true;
  } catch (error) {
    screen.live([]);
    screen.print(`\n${errorText(error)}`);
    return false;
  }
}

class Tree {
  private lines = '';

  constructor(
    private readonly temporal: TemporalCommand,
    readonly catalogUrl: string,
    private readonly logFile: string,
  ) {}

  /** Ends what an earlier start has left running. */
  async end(screen: Screen): Promise<void> {
    const left = await this.temporal.count(RUNNING);
    if (left === 0) return;
    screen.print(`Ending what an earlier start has left running (${left})`);
    // All of them: one whose owner was terminated has nobody left to end it.
    await this.temporal.run('workflow', 'cancel', '--query', RUNNING, '--reason', 'another start', '--yes');
    await this.until('an earlier tree to end', async () => (await this.temporal.count(RUNNING)) === 0);
  }

  async grow(inputFile: string, screen: Screen): Promise<void> {
    const started = Date.now();
    const { temporal } = this;
    await temporal.run('workflow', 'start', '--type', 'OrganizationWorkflow', '--task-queue', 'hierarchy', '--workflow-id', TOP, '--input-file', inputFile);
    for (const id of SOURCES) await temporal.update(TOP, 'addSource', { id, name: id, kind: 'catalog' });
    await this.until('the health of all datasets', async () => {
      const { Dataset = {}, Organization = {} } = await this.draw(screen);
      const datasets = Object.values(Dataset);
      return datasets.length === DATASETS && datasets.every((dataset) => healthOf(dataset) === 'ok') && healthOf(Organization['acme']) === 'ok';
    });
    screen.print(`✓ ${DATASETS} datasets have been loaded, each by its own workflow, and their health rolled up (${seconds(started)})`);
  }

  /** One dataset becomes stale, the organization hears of it, and it is well again. */
  async fail(screen: Screen): Promise<void> {
    for (const [hook, health, text] of [['stop', 'stale', 'has become stale'], ['resume', 'ok', 'is well again']] as const) {
      const started = Date.now();
      await fetch(`${this.catalogUrl}/control/datasets/${VICTIM}/${hook}`, { method: 'POST' });
      await this.temporal.signal(`Dataset/${VICTIM}`, 'load');
      await this.until(`the organization to be ${health}`, async () => healthOf((await this.draw(screen)).Organization?.['acme']) === health);
      screen.print(`✓ ${VICTIM} ${text}, and so is its source and the organization (${seconds(started)})`);
    }
  }

  /** The catalog accepts the next token only; one signal at the top, and everything below uses it. */
  async rotate(screen: Screen): Promise<void> {
    const rotated = await fetch(`${this.catalogUrl}/control/rotate`, { method: 'POST' });
    const { generation } = (await rotated.json()) as { generation: number };
    const { latest } = await this.requests(0);
    const started = Date.now();
    await this.temporal.signal(TOP, 'apiToken', tokenRef(generation));
    let refused = 0;
    await this.until('every dataset to be loaded with the new token', async () => {
      await this.draw(screen);
      const { requests } = await this.requests(latest);
      refused = requests.filter(({ status }) => status === 401).length;
      const loaded = requests.filter((request) => request.status === 200 && request.generation === generation && request.path.startsWith('/v1/datasets/'));
      return new Set(loaded.map(({ path }) => path)).size === DATASETS;
    });
    screen.print(`✓ The token was rotated with one signal: all ${DATASETS} datasets were loaded with generation ${generation}; ${refused} requests came with the old one (${seconds(started)})`);
  }

  /** Draws the tree for ever. */
  async follow(screen: Screen): Promise<never> {
    for (;;) {
      await this.draw(screen).catch((error: unknown) => { screen.live([errorText(error)]); });
      await delay(POLL_MS);
    }
  }

  private async draw(screen: Screen): Promise<TreeState> {
    const { entities } = await this.temporal.query<{ entities: TreeState }>(TOP, 'state');
    const lines = treeLines(entities);
    if (screen.isTerminal) screen.live(lines);
    else if (lines.join('\n') !== this.lines) screen.print(lines.join('\n'));
    this.lines = lines.join('\n');
    return entities;
  }

  private async requests(after: number): Promise<{ latest: number; requests: LoggedRequest[] }> {
    const response = await fetch(`${this.catalogUrl}/control/requests?after=${after}`);
    return (await response.json()) as { latest: number; requests: LoggedRequest[] };
  }

  private async until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + WAIT_MS;
    while (!(await isTrue())) {
      if (Date.now() > deadline) throw DEV_TREE_STUCK({ what, seconds: WAIT_MS / 1000, logFile: this.logFile });
      await delay(POLL_MS);
    }
  }
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function commands(catalogUrl: string): string {
  return `
Rotate again, in another terminal:
  curl -X POST ${catalogUrl}/control/rotate
  npm run temporal -- workflow signal --workflow-id ${TOP} --name apiToken --input '"${tokenRef(3)}"'`;
}
