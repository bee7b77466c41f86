import { buildApps, buildDocumentation, provisionBinaries, STARTER_API, writePrivateJson } from '../stack/index.js';
import { Steps } from '../terminal/index.js';
import type { Screen } from '../terminal/index.js';
import { extractionJob } from './extraction-job.js';
import { hierarchyJob } from './hierarchy-job.js';
import { launchpadJob } from './launchpad-job.js';
import { Interrupted } from './interruption.js';
import type { Job } from './job.js';
import { serveApps } from './serve-apps.js';
import { orderForSource } from './source-option.js';
import { parseStartOptions } from './start-options.js';
import { withStack } from './with-stack.js';

/** `npm start`: everything, then one run; keeps serving unless `--once`. */
export async function start(args: readonly string[], screen: Screen): Promise<number> {
  const options = parseStartOptions(args);
  const given = options.source === undefined ? undefined : await orderForSource(options.source, process.env);
  // Nothing that we start must see them: neither a password, nor an address that drivers would follow.
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];
  const job: Job = options.launchpad ? launchpadJob(options.launchpad) : options.hierarchy ? hierarchyJob(options) : extractionJob(given);
  let serving = false;
  try {
    return await withStack(screen, async (context) => {
      const { layout, supervisor } = context;
      const steps = new Steps(screen);
      const binaries = await provisionBinaries(steps);
      const names = job.apps.map(({ app }) => app.name);
      const [prepared] = await Promise.all([
        job.prepare({ ...context, binaries, steps }),
        steps.run('Build of the apps', (tell) => buildApps(names, { layout, supervisor, tell })),
      ]);
      const { infrastructure, secrets, input } = prepared;
      const { stack } = infrastructure;
      writePrivateJson(layout.secretsFile, { ...infrastructure.secrets, ...secrets });
      writePrivateJson(layout.input, input);
      const served = await serveApps({ ...context, apps: job.apps, stack, steps, daprd: binaries.daprd.path });
      const succeeded = await prepared.run(served.api, screen);
      if (options.once) return succeeded ? 0 : 1;
      served.printAddresses(screen);
      // Nobody has to wait for it; where it fails, its page says how to build it.
      if (job.apps.some(({ app }) => app === STARTER_API)) void buildDocumentation(context).catch(() => undefined);
      serving = true;
      return supervisor.death;
    });
  } catch (error) {
    // Ctrl-C is how serving ends.
    if (error instanceof Interrupted && serving) return 0;
    throw error;
  }
}
