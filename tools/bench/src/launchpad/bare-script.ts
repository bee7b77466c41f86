// The floor: exactly the needed requests by bare `fetch`, eight at a time, their JSON parsed and thrown away.
// Runs as a process of its own: `bare-script <file with a JSON array of URLs>`. Neither order nor dependency holds it up.
import { readFileSync } from 'node:fs';

import { IN_FLIGHT } from './conditions.js';

async function main([file = '']: readonly string[]): Promise<void> {
  const urls = JSON.parse(readFileSync(file, 'utf8')) as string[];
  let next = 0;
  let busyMillis = 0;
  const lane = async (): Promise<void> => {
    for (let url = urls[next++]; url !== undefined; url = urls[next++]) {
      const began = performance.now();
      const answer = await fetch(url, { headers: { accept: 'application/json' } });
      if (!answer.ok) throw new Error(`${String(answer.status)} for ${url}`);
      await answer.json();
      busyMillis += performance.now() - began;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  const millis = performance.now() - started;
  process.stdout.write(`${JSON.stringify({ millis, requests: urls.length, requestMillis: busyMillis / urls.length })}\n`);
}

void main(process.argv.slice(2));
