import { SCHEDULE_TIME_ZONE_UNKNOWN } from './errors.js';

/** Names of the IANA database, as a Temporal server knows them: no offsets, which Node.js takes besides. */
const NAME = /^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** @throws CodedError SCHEDULE_TIME_ZONE_UNKNOWN */
export function assertTimeZone(timeZone: string): void {
  if (!NAME.test(timeZone) || !isKnown(timeZone)) throw SCHEDULE_TIME_ZONE_UNKNOWN({ timeZone });
}

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
