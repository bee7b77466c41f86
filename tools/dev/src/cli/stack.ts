import {
  apiKey,
  buildApps,
  catalogTokens,
  launchpadPlace,
  provisionBinaries,
  STACK_APPS,
  startCatalog,
  startInfrastructure,
  startLookAlike,
  writePrivateJson,
} from '../stack/index.js';
import { Steps, table } from '../terminal/index.js';
import type { Screen } from '../terminal/index.js';
import { inputFor } from './launchpad-job.js';
import { serveApps } from './serve-apps.js';
import { orderForSample } from './source-option.js';
import { refuseArguments } from './start-options.js';
import { withStack } from './with-stack.js';

/** `npm run stack`: the infrastructure alone, for apps that `nx serve` runs; with `--apps` all apps, built, too. Serves until it is ended. */
export async function stack(args: readonly string[], screen: Screen): Promise<number> {
  const withApps = args.includes('--apps');
  refuseArguments(args.filter((arg) => arg !== '--apps'), 'npm run stack -- [--apps]');
  return withStack(screen, async (context) => {
    const { layout, supervisor } = context;
    const steps = new Steps(screen);
    const binaries = await provisionBinaries(steps);
    const lookAlike = steps.run('Look-alike Launchpad', () => startLookAlike(layout, supervisor));
    const { tokens, secrets: catalogSecrets } = catalogTokens();
    const catalogUrl = steps.run('Data catalog', () => startCatalog(layout, supervisor, tokens));
    const names = withApps ? STACK_APPS.map(({ name }) => name) : [];
    const [sample, infrastructure] = await Promise.all([
      lookAlike,
      startInfrastructure({ ...context, binaries, steps, withSample: true, launchpad: lookAlike.then(({ url }) => ({ serviceRoot: url })), catalogUrl }),
      names.length === 0 ? undefined : steps.run('Build of the apps', (tell) => buildApps(names, { layout, supervisor, tell })),
    ]);
    const { stack: running } = infrastructure;
    const { secrets, input } = orderForSample(infrastructure);
    writePrivateJson(layout.secretsFile, { ...infrastructure.secrets, ...secrets, ...catalogSecrets, ...launchpadPlace(layout, undefined).secrets });
    writePrivateJson(layout.input, input);
    writePrivateJson(layout.launchpadInput, inputFor({ incremental: false }, sample));
    const served = withApps
      ? await serveApps({ ...context, apps: STACK_APPS.map((app) => ({ app, title: app.name })), stack: running, steps, daprd: binaries.daprd.path })
      : undefined;
    const { host, port, user, database } = input.source;
    screen.print();
    for (const line of table([
      ...(served ? [] : [['API key', apiKey(layout)]]),
      ['Temporal', running.temporal.address],
      ['Temporal UI', running.temporal.uiUrl],
      ['PostgreSQL', `${host}:${port ?? 5432}, database ${database ?? ''}, user ${user}, password secret://local/sample#password`],
      ['Events', `${running.eventsUrl}, password secret://local/events#password`],
      ['Launchpad', `${sample.url}, a look-alike; team ${sample.team}, ${sample.from} to ${sample.to}`],
      ['Data catalog', `${await catalogUrl}, tokens secret://local/catalog-1#token to catalog-${tokens.length}`],
      ['Inputs', `${layout.input}, ${layout.launchpadInput}`],
      ['Logs', layout.log('*')],
    ])) {
      screen.print(line);
    }
    if (served) served.printAddresses(screen);
    else {
      const commands = STACK_APPS.map(({ name }) => `npx nx serve ${name}`);
      screen.print(`\nIn other terminals: ${commands.join(', ')}\nCtrl-C ends it.`);
    }
    return supervisor.death;
  });
}
