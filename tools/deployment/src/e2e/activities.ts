import { heartbeat } from '@temporalio/activity';
import { setTimeout as sleep } from 'node:timers/promises';

const EVENTS = { inserted: 1, updated: 0, unchanged: 0 };
const OUTCOMES = { done: 1, failed: 0 };
const REF = { uri: 'runs/x', sha256: '0'.repeat(64), bytes: 1, records: 1 };

/** Holds activities back until it is opened, so that their workflows run as long as the test needs them to. */
export class Gate {
  private open = false;
  /** Activities that have come to it. */
  waiting = 0;

  release(): void {
    this.open = true;
  }

  async pass<T>(result: T): Promise<T> {
    this.waiting += 1;
    for (let turn = 0; !this.open; turn += 1) {
      await sleep(50);
      if (turn % 20 === 0) heartbeat();
    }
    return result;
  }
}

/** Short answers for the activities of the short workflows; one of each workflow waits at the gate. */
export function shortActivities(gate: Gate) {
  return {
    checkSource: async () => ({ serverVersion: '17', databases: [], reports: [] }),
    publishRun: () => gate.pass(REF),
    tidyRun: async () => undefined,
    checkSqlSource: () => gate.pass({ ok: true, checks: [], databases: [] }),
    browseSqlSource: () => gate.pass({ level: 'databases', items: [] }),
    planSqlExtraction: () => gate.pass({ serverVersion: '17', databases: [], objects: [], totals: { selected: 0, excluded: 0, unreadable: 0 } }),
    planFlow: async ({ key, startedAt }: { key: string; startedAt: number }) => ({
      run: { key, startedAt },
      query: {},
      window: { start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' },
      stages: ['load'],
      units: 1,
      quarantineThreshold: 0,
      heartbeatTimeoutMs: 60_000,
    }),
    runStage: () => gate.pass({ done: 1, total: 1, events: EVENTS }),
    reportFlow: async () => ({ events: EVENTS, types: {}, subjects: OUTCOMES, units: OUTCOMES, records: 1, quarantined: 0, report: REF }),
    closeFlow: async () => EVENTS,
    summarizeEvents: () => gate.pass({ weeks: [] }),
  };
}
