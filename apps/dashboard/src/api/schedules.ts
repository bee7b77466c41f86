import { api, path, type RequestOptions } from './client.js';

export const OVERLAP_POLICIES = {
  SKIP: 'Leave the new one out',
  BUFFER_ONE: 'Start one more afterwards',
  BUFFER_ALL: 'Start all afterwards',
  CANCEL_OTHER: 'Cancel the one under way',
  TERMINATE_OTHER: 'Terminate the one under way',
  ALLOW_ALL: 'Run both',
} as const;
export type Overlap = keyof typeof OVERLAP_POLICIES;

export interface ScheduleSpec {
  readonly cron?: readonly string[];
  readonly intervalSeconds?: number;
  readonly calendars?: readonly unknown[];
  readonly timeZone?: string;
  readonly jitterSeconds?: number;
}

export interface ScheduleSummary {
  readonly id: string;
  /** Slug of a run type. */
  readonly runType: string;
  readonly spec: ScheduleSpec;
  readonly paused: boolean;
  readonly note?: string;
  /** RFC 3339, the next first. */
  readonly nextRuns: readonly string[];
  /** The latest first. */
  readonly lastRuns: readonly { readonly scheduledAt: string; readonly startedAt: string; readonly run: string }[];
}

export interface Schedule extends ScheduleSummary {
  readonly input: unknown;
  readonly overlap: Overlap;
  /** Paths of runs. */
  readonly running: readonly string[];
  readonly counts: { readonly started: number; readonly skipped: number; readonly missed: number };
  readonly createdAt: string;
}

export interface NewSchedule {
  readonly id: string;
  readonly runType: string;
  readonly input: unknown;
  readonly spec: ScheduleSpec;
  readonly overlap: Overlap;
  readonly paused: boolean;
  readonly note?: string;
}

type Options = Pick<RequestOptions, 'signal'>;

export const listSchedules = (pageToken: string | undefined, options?: Options) =>
  api.get<{ readonly schedules: readonly ScheduleSummary[]; readonly nextPageToken?: string }>('/v1/schedules', { ...options, query: { pageSize: 100, pageToken } });

export const getSchedule = (id: string, options?: Options) => api.get<Schedule>(path`/v1/schedules/${id}`, options);

export const createSchedule = (schedule: NewSchedule) => api.post<Schedule>('/v1/schedules', schedule);

/** @param note why; may be empty */
export const pauseSchedule = (id: string, note: string) => api.post<Schedule>(path`/v1/schedules/${id}/pause`, note === '' ? {} : { note });

export const resumeSchedule = (id: string) => api.post<Schedule>(path`/v1/schedules/${id}/resume`, {});

export const triggerSchedule = (id: string) => api.post<Schedule>(path`/v1/schedules/${id}/trigger`, {});

export const deleteSchedule = (id: string) => api.delete<undefined>(path`/v1/schedules/${id}`);
