import type { BugTarget, Milestone, Person } from './entities.js';
import type { Proposal } from './entities-code.js';
import type { Micros } from './time.js';

export type InformationType =
  'Public' | 'Public Security' | 'Private Security' | 'Private' | 'Proprietary' | 'Embargoed';

export interface Bug {
  readonly type: 'bug';
  readonly id: number;
  owner: Person;
  title: string;
  description: string;
  informationType: InformationType;
  tags: string[];
  heat: number;
  readonly dateCreated: Micros;
  dateLastUpdated: Micros;
  dateLastMessage: Micros | null;
  dateMadePrivate: Micros | null;
  whoMadePrivate: Person | null;
  duplicateOf: Bug | null;
  readonly duplicates: Bug[];
  readonly tasks: BugTask[];
  readonly activity: BugActivity[];
  /** The first one is the description. */
  readonly messages: BugMessage[];
  readonly subscribers: Set<Person>;
  readonly affected: Set<Person>;
  /** Who wrote a message other than the first, or changed anything: what `bug_commenter` finds. */
  readonly commenters: Set<Person>;
  readonly proposals: Proposal[];
}

export const BUG_STATUSES = [
  'New',
  'Incomplete',
  'Opinion',
  'Invalid',
  "Won't Fix",
  'Expired',
  'Confirmed',
  'Triaged',
  'In Progress',
  'Deferred',
  'Fix Committed',
  'Fix Released',
  'Does Not Exist',
  'Unknown',
] as const;
export type BugStatus = (typeof BUG_STATUSES)[number];

/** In ascending order. */
export const IMPORTANCES = ['Unknown', 'Undecided', 'Wishlist', 'Low', 'Medium', 'High', 'Critical'] as const;
export type Importance = (typeof IMPORTANCES)[number];

export interface TaskDates {
  dateAssigned: Micros | null;
  dateClosed: Micros | null;
  dateConfirmed: Micros | null;
  dateDeferred: Micros | null;
  dateFixCommitted: Micros | null;
  dateFixReleased: Micros | null;
  dateInProgress: Micros | null;
  dateIncomplete: Micros | null;
  dateLeftClosed: Micros | null;
  dateLeftNew: Micros | null;
  dateTriaged: Micros | null;
}

/** What is to be done about a bug in one project or package. */
export interface BugTask extends TaskDates {
  readonly type: 'bug_task';
  readonly id: number;
  readonly bug: Bug;
  readonly target: BugTarget;
  owner: Person;
  status: BugStatus;
  importance: Importance;
  assignee: Person | null;
  milestone: Milestone | null;
  readonly dateCreated: Micros;
}

export interface BugActivity {
  readonly type: 'bug_activity';
  readonly id: number;
  readonly bug: Bug;
  person: Person;
  readonly dateChanged: Micros;
  readonly whatChanged: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
  readonly message: string | null;
}

export interface BugMessage {
  readonly type: 'message';
  readonly bug: Bug;
  readonly index: number;
  owner: Person;
  readonly subject: string;
  content: string;
  visible: boolean;
  readonly dateCreated: Micros;
  dateLastEdited: Micros | null;
  dateDeleted: Micros | null;
}
