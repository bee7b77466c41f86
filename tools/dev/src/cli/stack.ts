import { provisionBinaries, startInfrastructure, writePrivateJson } from '../stack/index.js';
import { Steps, table } from '../terminal/index.js';
import type { Screen } from '../terminal/index.js';
import { orderForSample } from './source-option.js';
import { refuseArguments } from './start-options.js';
import { withStack } from './with-stack.js';

/** `npm run stack`: the infrastructure alone, for apps that `nx serve` runs. Serves until it is ended. */
export async function stack(args: readonly string[], screen: Screen): Promise<number> {
  refuseArguments(args, 'npm run stack');
  return withStack(screen, async ({ layout, supervisor }) => {
    const steps = new Steps(screen);
    const binaries = await provisionBinaries(steps);
    const { stack: running, sample } = await startInfrastructure({ layout, binaries, steps, supervisor });
    const { secrets, input } = orderForSample(running.postgres, sample);
    writePrivateJson(layout.secretsFile, secrets);
    writePrivateJson(layout.input, input);
    const { host, port, user, database } = input.source;
    screen.print();
    for (const line of table([
      ['Temporal', running.temporal.address],
      ['Temporal UI', running.temporal.uiUrl],
      ['PostgreSQL', `${host}:${port ?? 5432}, database ${database ?? ''}, user ${user}, password secret://local/sample#password`],
      ['Input', layout.input],
      ['Logs', layout.log('*')],
    ])) {
      screen.print(line);
    }
    screen.print('\nIn other terminals: npx nx serve sql-metadata-worker, npx nx serve starter-api\nCtrl-C ends it.');
    return supervisor.death;
  });
}
