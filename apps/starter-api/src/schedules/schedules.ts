import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import {
  decodeScheduleAction,
  encodeScheduleAction,
} from '@temporalio/client/lib/schedule-helpers.js';
import { decodeScheduleOverlapPolicy, encodeScheduleOverlapPolicy } from '@temporalio/client/lib/schedule-types.js';
import { assertPayloadSize } from '@tributary/common';
import { API_PAGE_TOKEN_INVALID } from '../errors.js';
import { decodePageToken, encodePageToken } from '../runs/page-token.js';
import { inputFingerprint } from '../runs/run-ids.js';
import { runLinks } from '../runs/run-links.js';
import { runSearchAttributes } from '../runs/run-search-attributes.js';
import type { RunType } from '../runs/run-type.js';
import { runTypeOf } from '../runs/run-types.js';
import { GRPC, grpcCode, temporalCall } from '../runs/temporal-call.js';
import type { ApiServices } from '../services.js';
import type { Precondition } from '../state/precondition.js';
import { SCHEDULE_BACKFILL_TOO_LARGE, SCHEDULE_CHANGED, SCHEDULE_UNKNOWN } from './errors.js';
import { assertInput, plannedRun, runTypeOfSlug } from './planned-run.js';
import { scheduleCall, scheduleQuery } from './schedule-call.js';
import { duration, isoTime, seconds, timestamp, toRawSpec, type RawSchedule } from './schedule-spec.js';
import { scheduleSummary } from './schedule-view.js';
import type { NewSchedule, Overlap, Schedule, ScheduleChange, ScheduleList } from './schemas.js';
import { assertTimeZone } from './time-zone.js';

/** Starts that one backfill may bring: as many as Temporal buffers. */
const BACKFILL_MAX = 1_000;

const DEFAULT_CATCHUP_SECONDS = 3_600;
const LIST = 'schedules';

type Described = Awaited<ReturnType<Client['workflowService']['describeSchedule']>>;
type RawPatch = NonNullable<Parameters<Client['workflowService']['patchSchedule']>[0]['patch']>;

/** A schedule with the version of it that a change may name. */
export interface VersionedSchedule {
  readonly schedule: Schedule;
  readonly revision: string;
}

/** Schedules of Temporal that start runs. Those that start other workflows do not exist here. */
export class Schedules {
  constructor(private readonly services: Pick<ApiServices, 'client' | 'running' | 'ui'>) {}

  /** @throws CodedError SCHEDULE_EXISTS, SCHEDULE_REFUSED, SCHEDULE_TIME_ZONE_UNKNOWN, PAYLOAD_TOO_LARGE; ApiProblem API_INPUT_INVALID */
  async create({ id, ...change }: NewSchedule): Promise<VersionedSchedule> {
    const schedule = await this.toRaw(id, change);
    const { client, namespace } = this;
    await scheduleCall(client, id, () =>
      client.workflowService.createSchedule({ namespace, scheduleId: id, schedule, requestId: randomUUID(), identity: client.options.identity }),
    );
    return this.get(id);
  }

  /** @throws CodedError SCHEDULE_UNKNOWN */
  async get(id: string): Promise<VersionedSchedule> {
    const { described, type } = await this.describe(id);
    return { schedule: await this.shown(id, described, type), revision: revisionOf(described) };
  }

  /**
   * Replaces a schedule. Temporal drops a change that comes second without a word: that is seen by what is there after.
   * @throws CodedError SCHEDULE_UNKNOWN, SCHEDULE_CHANGED, and what `create` throws
   */
  async change(id: string, change: ScheduleChange, precondition: Precondition): Promise<VersionedSchedule> {
    const schedule = await this.toRaw(id, change);
    const { described } = await this.describe(id);
    const revision = revisionOf(described);
    if (typeof precondition === 'object' && !precondition.revisions.includes(revision)) throw SCHEDULE_CHANGED({ id });
    const { client, namespace } = this;
    await scheduleCall(client, id, () =>
      client.workflowService.updateSchedule({
        namespace,
        scheduleId: id,
        schedule,
        requestId: randomUUID(),
        identity: client.options.identity,
        ...(precondition === 'present' ? {} : { conflictToken: described.conflictToken }),
      }),
    );
    const { described: after, type } = await this.describe(id);
    if (precondition !== 'present' && changeOf(after) !== changeOf({ schedule })) throw SCHEDULE_CHANGED({ id });
    return { schedule: await this.shown(id, after, type), revision: revisionOf(after) };
  }

  /** Runs that it has started go on. @throws CodedError SCHEDULE_UNKNOWN */
  async delete(id: string): Promise<void> {
    await this.describe(id);
    const { client, namespace } = this;
    await scheduleCall(client, id, () => client.workflowService.deleteSchedule({ namespace, scheduleId: id, identity: client.options.identity }));
  }

  /** @throws CodedError SCHEDULE_UNKNOWN */
  pause(id: string, note = 'Paused over the API.'): Promise<VersionedSchedule> {
    return this.patch(id, { pause: note });
  }

  /** @throws CodedError SCHEDULE_UNKNOWN */
  resume(id: string, note = 'Resumed over the API.'): Promise<VersionedSchedule> {
    return this.patch(id, { unpause: note });
  }

  /** Starts a run now, also of a schedule that is paused. @throws CodedError SCHEDULE_UNKNOWN */
  trigger(id: string, overlap?: Overlap): Promise<VersionedSchedule> {
    return this.patch(id, { triggerImmediately: { overlapPolicy: rawOverlap(overlap) } });
  }

  /**
   * Starts the runs of a time that has passed. @returns how many times of the schedule there are in it
   * @throws CodedError SCHEDULE_UNKNOWN, SCHEDULE_BACKFILL_TOO_LARGE
   */
  async backfill(id: string, from: string, to: string, overlap?: Overlap): Promise<{ starts: number; schedule: Schedule }> {
    await this.describe(id);
    const { client, namespace } = this;
    const [startTime, endTime] = [timestamp(from), timestamp(to)];
    const { startTime: times } = await scheduleQuery(client, id, () =>
      client.workflowService.listScheduleMatchingTimes({ namespace, scheduleId: id, startTime, endTime }),
    );
    const starts = times.length;
    if (starts >= BACKFILL_MAX) throw SCHEDULE_BACKFILL_TOO_LARGE({ count: starts, startAt: from, endAt: to, limit: BACKFILL_MAX - 1 });
    const { schedule } = await this.patch(id, { backfillRequest: [{ startTime, endTime, overlapPolicy: rawOverlap(overlap) }] });
    return { starts, schedule };
  }

  /** One page, in Temporal's order. From its visibility, which follows by fractions of a second. @throws CodedError API_PAGE_TOKEN_INVALID */
  async list(pageSize: number, pageToken: string | undefined): Promise<ScheduleList> {
    const { client, namespace } = this;
    const nextPageToken = pageToken === undefined ? undefined : decodePageToken(LIST, pageToken);
    const request = { namespace, maximumPageSize: pageSize, ...(nextPageToken ? { nextPageToken } : {}) };
    const page = await temporalCall(client, () => client.workflowService.listSchedules(request)).catch((error: unknown) => {
      if (nextPageToken && grpcCode(error) === GRPC.INVALID_ARGUMENT) throw API_PAGE_TOKEN_INVALID({}, { cause: error });
      throw error;
    });
    const schedules = page.schedules.flatMap(({ scheduleId, info }) => {
      const type = runTypeOf(info?.workflowType?.name ?? '');
      if (!type || scheduleId == null) return [];
      const { spec, paused, notes, futureActionTimes, recentActions } = info ?? {};
      const raw = { spec: spec ?? {}, paused: paused === true, note: notes ?? '', next: futureActionTimes ?? [], last: recentActions ?? [] };
      return [scheduleSummary(scheduleId, type, raw, this.services.ui)];
    });
    return { schedules, ...(page.nextPageToken.length > 0 ? { nextPageToken: encodePageToken(LIST, page.nextPageToken) } : {}) };
  }

  private get client(): Client {
    return this.services.client;
  }

  private get namespace(): string {
    return this.services.client.options.namespace;
  }

  private async patch(id: string, patch: RawPatch): Promise<VersionedSchedule> {
    await this.describe(id);
    const { client, namespace } = this;
    await scheduleCall(client, id, () =>
      client.workflowService.patchSchedule({ namespace, scheduleId: id, patch, requestId: randomUUID(), identity: client.options.identity }),
    );
    return this.get(id);
  }

  private async describe(id: string): Promise<{ described: Described; type: RunType }> {
    const { client, namespace } = this;
    const described = await scheduleQuery(client, id, () => client.workflowService.describeSchedule({ namespace, scheduleId: id }));
    const type = runTypeOf(described.schedule?.action?.startWorkflow?.workflowType?.name ?? '');
    if (!type) throw SCHEDULE_UNKNOWN();
    return { described, type };
  }

  private async toRaw(id: string, { runType, input, spec, ...change }: ScheduleChange): Promise<RawSchedule> {
    const type = runTypeOfSlug(runType);
    assertInput(type, input);
    assertTimeZone(spec.timeZone ?? 'UTC');
    assertPayloadSize(input, { workflow: type.name, field: 'argument 1 of workflow' });
    const { labels } = plannedRun(this.services, type, input);
    const { loadedDataConverter } = this.client.options;
    const action = await encodeScheduleAction(
      loadedDataConverter,
      this.namespace,
      {
        type: 'startWorkflow',
        workflowType: type.name,
        taskQueue: type.taskQueue,
        // Temporal appends the time of each start.
        workflowId: `${type.slug}~schedule~${id}`,
        args: [input],
        typedSearchAttributes: await runSearchAttributes(this.client).of(labels),
        memo: { ...labels, fingerprint: inputFingerprint(input), schedule: id, scheduleChange: inputFingerprint({ runType, input, spec, ...change }) },
      },
      {},
    );
    const { overlap = 'SKIP', catchupWindowSeconds = DEFAULT_CATCHUP_SECONDS, pauseOnFailure = false, paused = false, note = '' } = change;
    return {
      spec: toRawSpec(spec),
      action,
      policies: { overlapPolicy: rawOverlap(overlap), catchupWindow: duration(catchupWindowSeconds), pauseOnFailure },
      state: { paused, notes: note },
    };
  }

  private async shown(id: string, { schedule, info }: Described, type: RunType): Promise<Schedule> {
    const { ui } = this.services;
    const { spec, action, policies, state } = schedule ?? {};
    const raw = {
      spec: spec ?? {},
      paused: state?.paused === true,
      note: state?.notes ?? '',
      next: info?.futureActionTimes ?? [],
      last: info?.recentActions ?? [],
    };
    const decoded = await decodeScheduleAction(this.client.options.loadedDataConverter, this.namespace, action ?? {});
    return {
      ...scheduleSummary(id, type, raw, ui),
      input: (decoded.args?.[0] ?? {}) as Schedule['input'],
      overlap: decodeScheduleOverlapPolicy(policies?.overlapPolicy) ?? 'SKIP',
      catchupWindowSeconds: seconds(policies?.catchupWindow),
      pauseOnFailure: policies?.pauseOnFailure === true,
      running: (info?.runningWorkflows ?? []).map(({ workflowId, runId }) => runLinks(workflowId ?? '', runId ?? '', ui).self),
      counts: { started: Number(info?.actionCount ?? 0), skipped: Number(info?.overlapSkipped ?? 0), missed: Number(info?.missedCatchupWindow ?? 0) },
      createdAt: isoTime(info?.createTime),
      ...(info?.updateTime ? { updatedAt: isoTime(info.updateTime) } : {}),
    };
  }
}

/** 0: that of the schedule. */
function rawOverlap(overlap: Overlap | undefined) {
  return encodeScheduleOverlapPolicy(overlap) ?? 0;
}

function revisionOf({ conflictToken }: Described): string {
  return Buffer.from(conflictToken).toString('hex');
}

/** Tells one change from another: the note of it that each makes in what it starts. */
function changeOf({ schedule }: { readonly schedule?: RawSchedule | null }): string {
  return Buffer.from(schedule?.action?.startWorkflow?.memo?.fields?.['scheduleChange']?.data ?? []).toString('base64');
}
