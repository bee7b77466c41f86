import { catalogTokens, launchpadPlace, provisionBinaries, startCatalog, startInfrastructure, startLookAlike, writePrivateJson } from '../stack/index.js';
import { Steps, table } from '../terminal/index.js';
import type { Screen } from '../terminal/index.js';
import { inputFor } from './launchpad-job.js';
import { orderForSample } from './source-option.js';
import { refuseArguments } from './start-options.js';
import { withStack } from './with-stack.js';

/** `npm run stack`: the infrastructure alone, for apps that `nx serve` runs. Serves until it is ended. */
export async function stack(args: readonly string[], screen: Screen): Promise<number> {
  refuseArguments(args, 'npm run stack');
  return withStack(screen, async (context) => {
    const { layout, supervisor } = context;
    const steps = new Steps(screen);
    const binaries = await provisionBinaries(steps);
    const lookAlike = steps.run('Look-alike Launchpad', () => startLookAlike(layout, supervisor));
    const { tokens, secrets: catalogSecrets } = catalogTokens();
    const catalogUrl = steps.run('Data catalog', () => startCatalog(layout, supervisor, tokens));
    const [sample, infrastructure] = await Promise.all([
      lookAlike,
      startInfrastructure({ ...context, binaries, steps, withSample: true, launchpad: lookAlike.then(({ url }) => ({ serviceRoot: url })), catalogUrl }),
    ]);
    const { stack: running } = infrastructure;
    const { secrets, input } = orderForSample(infrastructure);
    writePrivateJson(layout.secretsFile, { ...infrastructure.secrets, ...secrets, ...catalogSecrets, ...launchpadPlace(layout, undefined).secrets });
    writePrivateJson(layout.input, input);
    writePrivateJson(layout.launchpadInput, inputFor({ incremental: false }, sample));
    const { host, port, user, database } = input.source;
    screen.print();
    for (const line of table([
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
    screen.print(`\nIn other terminals: npx nx serve sql-metadata-worker, npx nx serve launchpad-worker, npx nx serve stateful-hierarchy-worker,\n                    npx nx serve starter-api\nCtrl-C ends it.`);
    return supervisor.death;
  });
}
