import { DEV_RUN_FAILED } from '../errors.js';
import { ApiClient, ProgressView, summaryLines } from '../run/index.js';
import type { ApiRun } from '../run/index.js';
import {
  APP_PORTS,
  buildApps,
  provisionBinaries,
  rememberedPorts,
  SQL_METADATA_WORKER,
  STACK_APPS,
  startApp,
  STARTER_API,
  startInfrastructure,
  writePrivateJson,
} from '../stack/index.js';
import { Steps, table } from '../terminal/index.js';
import type { Screen } from '../terminal/index.js';
import { Interrupted } from './interruption.js';
import { errorText } from './report-error.js';
import { orderForSample, orderForSource } from './source-option.js';
import type { ExtractionOrder } from './source-option.js';
import { parseStartOptions } from './start-options.js';
import { withStack } from './with-stack.js';
import type { StackContext } from './with-stack.js';

/** `npm start`: everything, then one extraction; keeps serving unless `--once`. */
export async function start(args: readonly string[], screen: Screen): Promise<number> {
  const options = parseStartOptions(args);
  const given = options.source === undefined ? undefined : await orderForSource(options.source, process.env);
  // Nothing that we start must see them: neither a password, nor an address that drivers would follow.
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];
  let serving = false;
  try {
    return await withStack(screen, async (context) => {
      const { api, url, uiUrl, order } = await startAll(context, screen, given);
      const succeeded = await extract(api, order, context.layout.objects, screen);
      if (options.once) return succeeded ? 0 : 1;
      printAddresses(screen, url, uiUrl, context);
      serving = true;
      return context.supervisor.death;
    });
  } catch (error) {
    // Ctrl-C is how serving ends.
    if (error instanceof Interrupted && serving) return 0;
    throw error;
  }
}

async function startAll(
  { layout, supervisor }: StackContext,
  screen: Screen,
  given: ExtractionOrder | undefined,
): Promise<{ api: ApiClient; url: string; uiUrl: string; order: ExtractionOrder }> {
  const steps = new Steps(screen);
  const binaries = await provisionBinaries(steps);
  const names = STACK_APPS.map(({ name }) => name);
  const [{ stack, sample }] = await Promise.all([
    startInfrastructure({ layout, binaries, steps, supervisor }),
    steps.run('Build of the apps', (tell) => buildApps(names, { layout, supervisor, tell })),
  ]);
  const order = given ?? orderForSample(stack.postgres, sample);
  writePrivateJson(layout.secretsFile, order.secrets);
  writePrivateJson(layout.input, order.input);
  const ports = await rememberedPorts(layout.ports, APP_PORTS);
  const common = { layout, ports, stack, supervisor, daprd: binaries.daprd.path };
  const [, url] = await Promise.all([
    steps.run('SQL metadata worker', () => startApp({ app: SQL_METADATA_WORKER, ...common })),
    steps.run('Starter API', () => startApp({ app: STARTER_API, ...common })),
  ]);
  return { api: new ApiClient(url, layout.log(STARTER_API.name)), url, uiUrl: stack.temporal.uiUrl, order };
}

/** Runs the extraction and prints what it found. False when it did not succeed. */
async function extract(api: ApiClient, { input }: ExtractionOrder, objects: string, screen: Screen): Promise<boolean> {
  await api.cancelRunning((left) => { screen.print(`Cancelling what an earlier start has left running (${left})`); });
  screen.print(`\nExtracting ${input.connection.name} (${input.connection.qualifiedName})`);
  const view = new ProgressView(screen);
  const started = Date.now();
  try {
    const run = await api.follow(await api.startExtraction(input), (progress) => { view.show(progress); });
    view.end();
    if (run.status !== 'completed' || !run.result) throw runFailed(run);
    const elapsedMs = Date.now() - started;
    const manifest = await api.manifest(run);
    screen.print(`\n${summaryLines({ result: run.result, manifest, elapsedMs, objects }).join('\n')}`);
    if (run.links.temporalUi) screen.print(`Run          ${run.links.temporalUi}`);
    return true;
  } catch (error) {
    view.end();
    screen.print(`\n${errorText(error)}`);
    return false;
  }
}

function runFailed({ status, failure, links }: ApiRun): Error {
  const { code, detail, title, fix } = failure ?? {};
  const text = [code, detail ?? title].filter(Boolean).join(': ');
  return DEV_RUN_FAILED({ status, detail: text || 'no reason was given', fix: fix ?? `Look at ${links.temporalUi ?? 'its history'}.` });
}

function printAddresses(screen: Screen, url: string, uiUrl: string, { layout }: StackContext): void {
  screen.print();
  for (const line of table([
    ['API', url],
    ['Documentation', `${url}/docs`],
    ['Temporal UI', uiUrl],
    ['Input', layout.input],
    ['Logs', layout.log('*')],
  ])) {
    screen.print(line);
  }
  screen.print('\nServing. Ctrl-C ends it.');
}
