import type { NewSchedule, Overlap, ScheduleSpec } from '../../api/schedules.js';

/** What stands in the form, as it was typed. */
export interface ScheduleDraft {
  readonly id: string;
  readonly when: 'cron' | 'interval';
  readonly cron: string;
  readonly timeZone: string;
  readonly every: string;
  readonly unit: 'minutes' | 'hours' | 'days';
  readonly overlap: Overlap;
  readonly paused: boolean;
  readonly note: string;
}

export const EMPTY_DRAFT: ScheduleDraft = { id: '', when: 'cron', cron: '0 3 * * *', timeZone: '', every: '6', unit: 'hours', overlap: 'SKIP', paused: false, note: '' };

const SECONDS = { minutes: 60, hours: 3_600, days: 86_400 } as const;
const YEAR_SECONDS = 366 * 86_400;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/** What is wrong with a draft, by field; empty when it can be sent. */
export function findingsOf({ id, when, cron, every, unit }: ScheduleDraft): Partial<Record<keyof ScheduleDraft, string>> {
  return {
    ...(ID.test(id) ? {} : { id: 'Letters, digits, dots, hyphens and underscores, up to 200; it begins with a letter or a digit.' }),
    ...(when === 'cron' && ![5, 6, 7].includes(cron.trim().split(/\s+/).length) && !cron.trim().startsWith('@') ? { cron: 'Five fields: minute, hour, day of month, month, day of week. Or @daily and the like.' } : {}),
    ...(when === 'interval' && !isInterval(every, unit) ? { every: 'A whole number, and a year at most.' } : {}),
  };
}

/** The schedule that a draft stands for. */
export function scheduleOf(draft: ScheduleDraft, runType: string, input: unknown): NewSchedule {
  const { id, overlap, paused, note } = draft;
  return { id, runType, input, spec: specOf(draft), overlap, paused, ...(note.trim() === '' ? {} : { note: note.trim() }) };
}

function specOf({ when, cron, timeZone, every, unit }: ScheduleDraft): ScheduleSpec {
  if (when === 'interval') return { intervalSeconds: Number(every) * SECONDS[unit] };
  return { cron: [cron.trim().replace(/\s+/g, ' ')], ...(timeZone.trim() === '' ? {} : { timeZone: timeZone.trim() }) };
}

function isInterval(every: string, unit: keyof typeof SECONDS): boolean {
  return /^[1-9]\d*$/.test(every.trim()) && Number(every) * SECONDS[unit] <= YEAR_SECONDS;
}
