// Records the histories and carried states that replay-recorded.spec.ts goes through: once per release, into a folder of that version.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version } from '@tributary/common';
import { recordHistory, withoutMachine } from '@tributary/testing/stack';
import type { StatePage } from '../../workflow/state-page.js';
import { EstateBed, until } from './estate-bed.js';
import { eventfulTree } from './recorded-tree.js';

const TESTDATA = resolve(__dirname, '../../../testdata');
const HISTORIES = join(TESTDATA, 'histories', version);
const CARRIED = join(TESTDATA, 'carried-states', version);

async function main(): Promise<void> {
  const bed = await EstateBed.start();
  mkdirSync(CARRIED, { recursive: true });
  try {
    const { tree, source, firstRun } = await eventfulTree(bed);
    await source.cancel();
    await until('the end', () => source.handle.describe(), ({ status }) => status.name === 'CANCELLED');
    await recordHistory(HISTORIES, 'parent', firstRun);
    await recordHistory(HISTORIES, 'parent-continued', source.handle);
    await recordHistory(HISTORIES, 'child', tree.dataset('d1').handle);
    await recordHistory(HISTORIES, 'child-restarted', tree.dataset('d2').handle);
    await recordHistory(HISTORIES, 'shared', tree.team('t').handle);
    const { events } = await source.handle.fetchHistory();
    const start = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.map(({ data }) => JSON.parse(Buffer.from(data ?? []).toString()) as unknown);
    const { entities } = await firstRun.query<StatePage>('state');
    writeFileSync(join(CARRIED, 'source.json'), `${withoutMachine(JSON.stringify({ start, entities }))}\n`);
  } finally {
    await bed.stop();
  }
}

void main();
