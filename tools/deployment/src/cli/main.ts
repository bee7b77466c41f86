import { connectClient, temporalSettings } from '@tributary/clients/temporal';
import { isCodedError } from '@tributary/common';
import { parseOrder } from './options.js';
import { runOrder } from './run-order.js';

/** `main.ts <app> status|set-current|ramp|drain …` */
async function main(args: readonly string[]): Promise<void> {
  const order = parseOrder(args, process.env);
  const settings = temporalSettings(process.env);
  const client = await connectClient(settings);
  try {
    const target = { client, address: settings.address, deployment: order.deployment };
    await runOrder(target, order, (line) => process.stdout.write(`${line}\n`));
  } finally {
    await client.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(isCodedError(error) ? `${error.code}: ${error.message}\n→ ${error.fix}\n` : `${(error as Error).stack ?? String(error)}\n`);
  process.exitCode = 1;
});
