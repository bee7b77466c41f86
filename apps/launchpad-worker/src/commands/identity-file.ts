import { IDENTITY_FILE_INVALID } from '../errors.js';

/** Who a name stands for. */
export interface Identity {
  readonly name: string;
  readonly employeeId: string;
}

const NAME = /^[a-z0-9][a-z0-9+.-]*$/;
const LONGEST = 255;

/**
 * Reads lines of `name,employee_id`. A first line with just these words is a heading; fields may stand in double quotes;
 * empty lines are left out.
 * @throws CodedError IDENTITY_FILE_INVALID, which names the first wrong line and does not repeat it
 */
export function parseIdentities(text: string, file: string): Identity[] {
  const byName = new Map<string, Identity>();
  for (const [index, raw] of text.replace(/^\uFEFF/, '').split(/\r?\n/).entries()) {
    if (raw.trim() === '' || (index === 0 && /^"?name"?,"?employee_id"?$/i.test(raw.trim()))) continue;
    const invalid = (problem: string): Error => IDENTITY_FILE_INVALID({ file, line: index + 1, problem });
    const [name = '', employeeId = '', ...more] = fieldsOf(raw);
    if (more.length > 0 || !raw.includes(',')) throw invalid('it has not two fields');
    if (!NAME.test(name) || name.length > LONGEST) throw invalid('its first field is no name of Launchpad: lower-case letters, digits and + . -');
    if (employeeId === '' || employeeId.length > LONGEST || /\p{Cc}/u.test(employeeId)) throw invalid('its second field is no employee id of 1 to 255 characters');
    const other = byName.get(name);
    if (other && other.employeeId !== employeeId) throw invalid('its name stands on an earlier line, for somebody else');
    byName.set(name, { name, employeeId });
  }
  return [...byName.values()];
}

function fieldsOf(line: string): string[] {
  return line.split(',').map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
}
