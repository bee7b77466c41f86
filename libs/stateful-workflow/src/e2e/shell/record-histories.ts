// Records the histories and carried states that replay-recorded.spec.ts goes through: once per release, into a folder of that version.
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { version } from '@tributary/common';
import type { StatePage } from '../../workflow/state-page.js';
import { EstateBed, until } from './estate-bed.js';
import { eventfulTree } from './recorded-tree.js';

const WORKSPACE = resolve(__dirname, '../../../../..');
const TESTDATA = resolve(__dirname, '../../../testdata');
const HISTORIES = join(TESTDATA, 'histories', version);
const CARRIED = join(TESTDATA, 'carried-states', version);

async function main(): Promise<void> {
  const bed = await EstateBed.start();
  mkdirSync(HISTORIES, { recursive: true });
  mkdirSync(CARRIED, { recursive: true });
  try {
    const { tree, source, firstRun } = await eventfulTree(bed);
    await source.cancel();
    await until('the end', () => source.handle.describe(), ({ status }) => status.name === 'CANCELLED');
    await record('parent', firstRun);
    await record('parent-continued', source.handle);
    await record('child', tree.dataset('d1').handle);
    await record('child-restarted', tree.dataset('d2').handle);
    await record('shared', tree.team('t').handle);
    const { events } = await source.handle.fetchHistory();
    const start = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.map(({ data }) => JSON.parse(Buffer.from(data ?? []).toString()) as unknown);
    const { entities } = await firstRun.query<StatePage>('state');
    writeFileSync(join(CARRIED, 'source.json'), `${withoutMachine(JSON.stringify({ start, entities }))}\n`);
  } finally {
    await bed.stop();
  }
}

async function record(name: string, handle: WorkflowHandle): Promise<void> {
  writeFileSync(join(HISTORIES, `${name}.json`), `${withoutMachine(historyToJSON(await handle.fetchHistory()))}\n`);
}

/** Stack traces and identities say where this ran, which is nobody's business. */
function withoutMachine(text: string): string {
  return text.replaceAll(`${WORKSPACE}/`, '').replaceAll(`@${hostname()}`, '@host');
}

void main();
