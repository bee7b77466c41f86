// The fixture as a process of its own: `node main.ts <address> <bundle>`, configured by its environment.
import { startHost } from './harness.js';

const [address = '', codePath = ''] = process.argv.slice(2);
const { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint, FIXTURE_PASSWORD: password } = process.env;

async function main(): Promise<void> {
  const host = startHost({
    address,
    codePath,
    env: process.env,
    destination: process.stdout,
    ...(password === undefined ? {} : { password }),
    ...(otlpEndpoint === undefined ? {} : { otlpEndpoint }),
  });
  process.stdout.write(`${JSON.stringify({ url: await host.url })}\n`);
  process.exitCode = await host.exit;
}

void main();
