const RFC_3339 = /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6}))?(?:Z|\+00:00)$/;

/** Microseconds since 1970 of a time as Launchpad writes it, always in UTC; undefined when it is none. */
export function microseconds(time: string): bigint | undefined {
  const parts = RFC_3339.exec(time);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const millis = Date.UTC(year, month - 1, day, hour, minute, second);
  // 30 February would silently become a day in March.
  if (new Date(millis).getUTCDate() !== day) return undefined;
  return BigInt(millis) * 1000n + BigInt((parts[7] ?? '').padEnd(6, '0'));
}

/** A time as it stands in ids: `20250301T093000000001`, the same with and without a fraction of zero. */
export function compactTime(time: string): string {
  const [, year, month, day, hour, minute, second, fraction = ''] = RFC_3339.exec(time) ?? [];
  return `${year}${month}${day}T${hour}${minute}${second}${fraction.padEnd(6, '0')}`;
}
