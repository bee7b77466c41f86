import type { EventDraft } from '@tributary/workflow-contracts/etl';
import type { EventType } from './catalogue/index.js';
import { LAUNCHPAD_RECORD_INVALID } from './errors.js';
import { numberAfter, pathOf, personOf, withoutOwner, type OwnedPath } from './text/links.js';
import { withoutPeople } from './text/people.js';
import { microseconds } from './text/time.js';

/** What a draft is made of; properties that are undefined stay away, as what is redacted does. */
export interface DraftParts {
  readonly type: EventType;
  readonly id: string;
  readonly parentId: string;
  readonly time: string;
  readonly actor: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly people?: Readonly<Record<string, string | null>>;
}

/** A check of one record, which names it in errors. */
export interface Checked {
  /** `link` of a person as a Launchpad name; null when it is null or redacted. */
  person(field: string, link: string | null | undefined): string | null;
  /** Path of `link` without its owner; null or undefined when the link is. */
  path(field: string, link: string | null | undefined): OwnedPath | null | undefined;
  /** A number out of `link`, after `marker`; when `expected` is given, it must be that one. */
  number(field: string, link: string, marker: string, expected?: number): number;
  /** A time, as it stands. */
  time(field: string, time: string | null | undefined): string;
  /** Refuses the record. */
  refuse(field: string, received: unknown, allowed: string): never;
  event(parts: DraftParts): EventDraft;
}

/** @param record names the record in errors: `bug-1` */
export function checked(record: string): Checked {
  const refuse = (field: string, received: unknown, allowed: string): never => {
    throw LAUNCHPAD_RECORD_INVALID({ record, field, received: shown(received), allowed });
  };
  const check: Checked = {
    refuse,
    person: (field, link) => (link == null ? null : (personOf(link) ?? refuse(field, 'another link', 'the link of a person'))),
    path: (field, link) => (link == null ? link : withoutOwner(pathOf(link) ?? refuse(field, link, 'a link into the web service'))),
    number(field, link, marker, expected) {
      const number = numberAfter(link, marker) ?? refuse(field, link, `a link with a number after ${marker}`);
      if (expected !== undefined && number !== expected) refuse(field, link, `${marker}/${expected}, where it was read,`);
      return number;
    },
    time: (field, time) => (time != null && microseconds(time) !== undefined ? time : refuse(field, time, 'a time in UTC')),
    event: ({ people, properties, ...parts }) => ({
      ...parts,
      properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)),
      ...(people && { people }),
    }),
  };
  return check;
}

/** Errors are kept and shown, so they name nobody. */
function shown(received: unknown): string {
  if (received === undefined) return 'nothing';
  return withoutPeople((JSON.stringify(received) ?? 'nothing').slice(0, 200));
}
