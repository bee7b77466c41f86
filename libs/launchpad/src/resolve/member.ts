import { readable } from '@tributary/clients/launchpad';
import { LAUNCHPAD_MEMBER_IS_TEAM, LAUNCHPAD_MEMBER_UNKNOWN } from '../errors.js';
import { nameIn } from '../source/fields.js';
import { text } from '../source/payload.js';
import type { Reader } from '../source/reading.js';
import { mustBeFound } from './found.js';
import { memberUnits } from './member-units.js';

/** A person whom the caller named: found, under another name by now, gone, or not there. */
export const readMember: Reader = async (reading) => {
  const { launchpad, unit, context: { signal } } = reading;
  const name = text(unit.payload, 'name');
  const url = launchpad.link(`~${name}`);
  const found = await launchpad.find('person', url, { signal });
  const person = mustBeFound(found, url, () => LAUNCHPAD_MEMBER_UNKNOWN({ name, outcome: 'failed' }));
  if (readable(person.is_team) === true) throw LAUNCHPAD_MEMBER_IS_TEAM({ name, outcome: 'failed' });
  const now = nameIn(person.self_link) ?? name;
  return {
    records: [],
    discovered: memberUnits(reading, person, now, name),
    cursor: undefined,
    ...(now === name ? {} : { renamed: { subject: name, to: now } }),
  };
};
