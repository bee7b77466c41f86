const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const RATE = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const ACRONYMS = /\b(?:api|id|json|sql|ssl|url|tls)\b/gi;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** 1,234,567 */
export const count = (value: number): string => WHOLE.format(value);

/** 1,230/s */
export const rate = (perSecond: number): string => `${RATE.format(perSecond)}/s`;

/** 21 Nov 2026, 21:30:05, in the time zone of the browser. */
export const moment = (time: string): string => MOMENT.format(new Date(time));

/** 1.5 MB; kilo is 1,000. */
export function bytes(value: number): string {
  let rest = value;
  let unit = 0;
  while (rest >= 999.5 && unit < UNITS.length - 1) {
    rest /= 1_000;
    unit++;
  }
  return `${unit === 0 || rest >= 99.5 ? Math.round(rest) : Number(rest.toPrecision(2))} ${UNITS[unit] ?? ''}`;
}

/** 850 ms, 4.2 s, 3 min 05 s, 2 h 10 min, 3 d 4 h. */
export function duration(millis: number): string {
  if (millis < 1_000) return `${Math.round(millis)} ms`;
  if (millis < 59_950) return `${(millis / 1_000).toFixed(1)} s`;
  const seconds = Math.round(millis / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** just now, 5 min ago, 3 h ago, then days. */
export function ago(time: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(time)) / 1_000);
  if (seconds < 60) return 'just now';
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  const days = Math.floor(seconds / 86_400);
  return `${days} ${days === 1 ? 'day' : 'days'} ago`;
}

/** Words of a name such as `timed-out` or `phaseMillis`, the first in capitals: Timed out. */
export function words(name: string): string {
  const text = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-_]/g, ' ').toLowerCase();
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(ACRONYMS, (word) => word.toUpperCase());
}
