// Records the histories that replay.spec.ts replays: once per release, into a folder of that version. With
// --summaries-only those of summaries alone.
import { resolve } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { version } from '@tributary/common';
import { recordHistory, waitFor } from '@tributary/testing/stack';
import { BOARD_DOWN, BOARD_REFUSED } from './errors.js';
import { FlowTestBed } from './flow-test-bed.js';

const FOLDER = resolve(__dirname, '../../testdata/histories', version);

async function main(): Promise<void> {
  const bed = await FlowTestBed.start();
  try {
    await bed.reset();
    await record('events-summarized', await bed.startSummary({ from: '2026-01-01', to: '2026-01-31' }));
    await record('summary-refused', await bed.startSummary({ from: '2026-02-31' }));
    if (process.argv.includes('--summaries-only')) return;
    bed.source.fill('red', 6, 4);
    const input = bed.input({ boards: ['red'] });
    await record('done', await bed.start(input));
    await record('mock', await bed.start(input, 'MockFlow'));
    await record('refused', await bed.start(bed.input({ boards: [] })));

    let down = 0;
    bed.source.before = ({ unit }) => {
      if (unit.startsWith('item:') && down++ < 4) throw BOARD_DOWN();
    };
    await record('source-down', await bed.start(input));

    bed.source.before = ({ unit }) => {
      if (unit === 'item:red-00002') throw BOARD_REFUSED();
    };
    await record('incomplete', await bed.start(input));

    let reached = false;
    bed.source.before = async ({ unit, context }) => {
      if (!unit.startsWith('item:')) return;
      reached = true;
      await waitFor('the end of the attempt', () => {
        context.heartbeat();
        return context.signal.aborted;
      });
    };
    const cancelled = await bed.start(input);
    await waitFor('the second stage', () => reached);
    await cancelled.cancel();
    await record('cancelled', cancelled);
  } finally {
    await bed.stop();
  }
}

async function record(name: string, handle: WorkflowHandle): Promise<void> {
  await handle.result().catch(() => undefined);
  await recordHistory(FOLDER, name, handle);
}

void main();
