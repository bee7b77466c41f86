import { runLinks, type TemporalUi } from '../runs/run-links.js';
import type { RunType } from '../runs/run-type.js';
import { fromRawSpec, isoTime, type RawSpec } from './schedule-spec.js';
import type { ScheduleSummary } from './schemas.js';

interface RawAction {
  readonly scheduleTime?: Parameters<typeof isoTime>[0];
  readonly actualTime?: Parameters<typeof isoTime>[0];
  readonly startWorkflowResult?: { readonly workflowId?: string | null; readonly runId?: string | null } | null;
}

/** What lists and descriptions of Temporal have in common. */
export interface RawState {
  readonly spec: RawSpec;
  readonly paused: boolean;
  readonly note: string;
  readonly next: readonly Parameters<typeof isoTime>[0][];
  readonly last: readonly RawAction[];
}

export function scheduleSummary(id: string, { slug }: RunType, raw: RawState, ui: TemporalUi): ScheduleSummary {
  return {
    id,
    runType: slug,
    spec: fromRawSpec(raw.spec),
    paused: raw.paused,
    ...(raw.note === '' ? {} : { note: raw.note }),
    nextRuns: raw.next.map(isoTime),
    lastRuns: raw.last
      .map(({ scheduleTime, actualTime, startWorkflowResult }) => ({
        scheduledAt: isoTime(scheduleTime),
        startedAt: isoTime(actualTime),
        run: runLinks(startWorkflowResult?.workflowId ?? '', startWorkflowResult?.runId ?? '', ui).self,
      }))
      .reverse(),
    links: { self: scheduleLink(id) },
  };
}

export function scheduleLink(id: string): string {
  return `/v1/schedules/${encodeURIComponent(id)}`;
}
