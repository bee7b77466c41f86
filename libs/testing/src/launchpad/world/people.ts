import type { Core, When } from './core.js';
import type { AccountStatus, Membership, MembershipStatus, Person } from './entities.js';

/** A person or team, by name or itself. */
export type Who = string | Person;

export interface NewPerson {
  readonly displayName?: string;
  readonly description?: string | null;
  readonly timeZone?: string | null;
  readonly accountStatus?: AccountStatus;
  readonly redacted?: readonly string[];
  readonly karma?: number;
  readonly at?: When;
}

export interface NewTeam extends NewPerson {
  readonly owner: Who;
  readonly private?: boolean;
}

const BELONGS: ReadonlySet<MembershipStatus> = new Set<MembershipStatus>(['Approved', 'Administrator']);

export class People {
  readonly all: Person[] = [];
  readonly #core: Core;
  readonly #byName = new Map<string, Person>();
  readonly #redirects = new Map<string, Person>();

  constructor(core: Core) {
    this.#core = core;
  }

  add(name: string, details: NewPerson = {}): Person {
    return this.#add('person', name, details, null, false);
  }

  /** The owner becomes its first administrator. */
  addTeam(name: string, details: NewTeam): Person {
    const owner = this.get(details.owner);
    const team = this.#add('team', name, { timeZone: 'UTC', ...details }, owner, details.private ?? false);
    this.join(team, owner, { status: 'Administrator', at: team.dateCreated });
    return team;
  }

  #add(
    type: 'person' | 'team',
    name: string,
    details: NewPerson,
    teamOwner: Person | null,
    isPrivate: boolean,
  ): Person {
    if (this.#byName.has(name)) throw new RangeError(`There is somebody called ${name} already`);
    const person: Person = {
      type,
      id: this.#core.number('person'),
      name,
      displayName: details.displayName ?? name,
      description: details.description ?? null,
      accountStatus: details.accountStatus ?? 'Active',
      private: isPrivate,
      timeZone: details.timeZone === undefined ? 'UTC' : details.timeZone,
      karma: details.karma ?? 0,
      dateCreated: this.#core.at(details.at),
      email: `${name}@example.com`,
      teamOwner,
      mergedInto: null,
      redacted: new Set(details.redacted ?? []),
      members: [],
      memberships: [],
    };
    this.all.push(person);
    this.#byName.set(name, person);
    return person;
  }

  /** @throws RangeError when there is nobody of that name */
  get(who: Who): Person {
    if (typeof who !== 'string') return who;
    const person = this.#byName.get(who);
    if (person === undefined) throw new RangeError(`There is nobody called ${who}`);
    return person;
  }

  find(name: string): Person | undefined {
    return this.#byName.get(name);
  }

  /** Whom a former name leads to, if renaming left a redirect. */
  redirect(name: string): Person | undefined {
    return this.#redirects.get(name);
  }

  join(
    team: Who,
    member: Who,
    details: { status?: MembershipStatus; by?: Who; at?: When; expires?: When; comment?: string } = {},
  ): Membership {
    const teamOf = this.get(team);
    const person = this.get(member);
    const at = this.#core.at(details.at);
    const status = details.status ?? 'Approved';
    const membership: Membership = {
      type: 'team_membership',
      team: teamOf,
      member: person,
      status,
      dateJoined: status === 'Proposed' || status === 'Invited' || status === 'Declined' ? null : at,
      dateExpires: details.expires === undefined ? null : this.#core.at(details.expires),
      lastChangedBy: details.by === undefined ? teamOf.teamOwner : this.get(details.by),
      lastChangeComment: details.comment ?? null,
    };
    teamOf.members.push(membership);
    person.memberships.push(membership);
    return membership;
  }

  /** Ends a membership; `status` says how. Launchpad keeps the row, with its end in `date_expires` when it expired. */
  leave(team: Who, member: Who, details: { status?: 'Deactivated' | 'Expired'; by?: Who; at?: When } = {}): Membership {
    const membership = this.membership(team, member);
    const at = this.#core.at(details.at);
    membership.status = details.status ?? 'Deactivated';
    membership.dateExpires = at;
    if (details.by !== undefined) membership.lastChangedBy = this.get(details.by);
    return membership;
  }

  /** @throws RangeError when there is none */
  membership(team: Who, member: Who): Membership {
    const person = this.get(member);
    const found = this.get(team).members.find((membership) => membership.member === person);
    if (found === undefined) throw new RangeError(`${person.name} never belonged to ${this.get(team).name}`);
    return found;
  }

  /** Active direct members. */
  members(team: Person, statuses: ReadonlySet<MembershipStatus> = BELONGS): Person[] {
    return team.members.filter(({ status }) => statuses.has(status)).map(({ member }) => member);
  }

  /** Active direct teams. */
  teams(person: Person): Person[] {
    return person.memberships.filter(({ status }) => BELONGS.has(status)).map(({ team }) => team);
  }

  /** Teams that somebody belongs to, directly or through other teams. */
  superTeams(person: Person): Set<Person> {
    return closure(person, (of) => this.teams(of));
  }

  /** Members of a team and of the teams in it. */
  participants(team: Person): Set<Person> {
    return closure(team, (of) => this.members(of));
  }

  /** Whether somebody is, or belongs to, that person or team. */
  belongs(person: Person, to: Person): boolean {
    return person === to || this.superTeams(person).has(to);
  }

  /**
   * Gives a person another name. Launchpad forgets the old one; `redirect` makes it answer 301 instead, as it answers a
   * name in another case.
   */
  rename(who: Who, name: string, options: { redirect?: boolean } = {}): void {
    const person = this.get(who);
    if (this.#byName.has(name)) throw new RangeError(`There is somebody called ${name} already`);
    this.#byName.delete(person.name);
    if (options.redirect === true) this.#redirects.set(person.name, person);
    person.name = name;
    this.#byName.set(name, person);
    this.#core.touch();
  }

  setStatus(who: Who, status: Exclude<AccountStatus, 'Merged'>): void {
    this.get(who).accountStatus = status;
    this.#core.touch();
  }

  setPrivate(team: Who, isPrivate: boolean): void {
    this.get(team).private = isPrivate;
    this.#core.touch();
  }

  setTimeZone(who: Who, timeZone: string | null): void {
    this.get(who).timeZone = timeZone;
    this.#core.touch();
  }

  /** Hides a field of somebody's page from everybody else, or shows it again. */
  redact(who: Who, field: string, hidden = true): void {
    const { redacted } = this.get(who);
    if (hidden) redacted.add(field);
    else redacted.delete(field);
    this.#core.touch();
  }

  /** The account's own part of `World.mergePerson`. */
  merge(source: Person, target: Person): void {
    for (const membership of source.memberships.splice(0)) {
      if (target.memberships.some(({ team }) => team === membership.team)) {
        membership.team.members.splice(membership.team.members.indexOf(membership), 1);
      } else {
        membership.member = target;
        target.memberships.push(membership);
      }
    }
    this.rename(source, `${source.name}-merged`);
    source.accountStatus = 'Merged';
    source.mergedInto = target;
  }
}

function closure(from: Person, next: (of: Person) => readonly Person[]): Set<Person> {
  const found = new Set<Person>();
  const open = [from];
  for (let person = open.pop(); person !== undefined; person = open.pop()) {
    for (const other of next(person)) {
      if (found.has(other)) continue;
      found.add(other);
      open.push(other);
    }
  }
  return found;
}

/** Replaces one person by another in some fields of some things. */
export function repointFields<T extends object>(
  things: Iterable<T>,
  fields: readonly (keyof T)[],
  from: Person,
  to: Person,
): void {
  for (const thing of things) {
    for (const field of fields) {
      const value: unknown = thing[field];
      if (value === from) (thing as Record<keyof T, unknown>)[field] = to;
      else if (value instanceof Set && value.delete(from)) value.add(to);
    }
  }
}
