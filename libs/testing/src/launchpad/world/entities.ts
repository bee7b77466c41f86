import type { CodeReviewComment, GitRepository, Branch, PreviewDiff, Proposal, Vote } from './entities-code.js';
import type { Bug, BugActivity, BugMessage, BugTask } from './entities-bugs.js';
import type { Question, QuestionMessage } from './entities-questions.js';
import type { Micros } from './time.js';

/** Everything that has a page of its own in the service. */
export type Entity =
  | Person
  | Membership
  | Project
  | ProjectGroup
  | Distribution
  | DistroSeries
  | SourcePackage
  | Milestone
  | Bug
  | BugTask
  | BugActivity
  | BugMessage
  | GitRepository
  | Branch
  | Proposal
  | CodeReviewComment
  | Vote
  | PreviewDiff
  | Question
  | QuestionMessage
  | Language
  | Specification
  | Archive
  | Publication;

export type EntityType = Entity['type'];

/** Deleted accounts and merged ones are gone from the service; suspended ones answer 410. */
export type AccountStatus = 'Active' | 'Deactivated' | 'Suspended' | 'Placeholder' | 'Merged';

/** A person or, with `type` `team`, a team. */
export interface Person {
  readonly type: 'person' | 'team';
  readonly id: number;
  name: string;
  displayName: string;
  description: string | null;
  accountStatus: AccountStatus;
  /** Only members see a private team. */
  private: boolean;
  timeZone: string | null;
  karma: number;
  readonly dateCreated: Micros;
  readonly email: string;
  teamOwner: Person | null;
  mergedInto: Person | null;
  /** Fields that only the person sees, for example `time_zone`. */
  readonly redacted: Set<string>;
  /** Of a team: who belongs or belonged to it. */
  readonly members: Membership[];
  /** Teams that the person belongs or belonged to. */
  readonly memberships: Membership[];
}

export type MembershipStatus =
  | 'Proposed'
  | 'Approved'
  | 'Administrator'
  | 'Deactivated'
  | 'Expired'
  | 'Declined'
  | 'Invited'
  | 'Invitation declined';

export interface Membership {
  readonly type: 'team_membership';
  readonly team: Person;
  member: Person;
  status: MembershipStatus;
  dateJoined: Micros | null;
  dateExpires: Micros | null;
  lastChangedBy: Person | null;
  lastChangeComment: string | null;
}

interface PillarBase {
  readonly id: number;
  readonly name: string;
  displayName: string;
  summary: string;
  owner: Person;
  readonly registrant: Person;
  readonly dateCreated: Micros;
  readonly milestones: Milestone[];
}

export interface Project extends PillarBase {
  readonly type: 'project';
  readonly group: ProjectGroup | null;
  bugSupervisor: Person | null;
  private: boolean;
}

export interface ProjectGroup extends PillarBase {
  readonly type: 'project_group';
  readonly projects: Project[];
}

export interface Distribution extends PillarBase {
  readonly type: 'distribution';
  readonly series: DistroSeries[];
  bugSupervisor: Person | null;
}

export interface DistroSeries {
  readonly type: 'distro_series';
  readonly distribution: Distribution;
  readonly name: string;
  readonly version: string;
  readonly dateCreated: Micros;
}

export interface SourcePackage {
  readonly type: 'distribution_source_package';
  readonly distribution: Distribution;
  readonly name: string;
}

export type Pillar = Project | ProjectGroup | Distribution;
/** What a bug can have a task on. */
export type BugTarget = Project | Distribution | SourcePackage;

export interface Milestone {
  readonly type: 'milestone';
  readonly target: Project | Distribution;
  readonly name: string;
}

export interface Language {
  readonly type: 'language';
  readonly code: string;
  readonly englishName: string;
}

/** A blueprint. */
export interface Specification {
  readonly type: 'specification';
  readonly id: number;
  readonly target: Project;
  readonly name: string;
  title: string;
  summary: string;
  workitems: string;
  owner: Person;
  assignee: Person | null;
  drafter: Person | null;
  approver: Person | null;
  starter: Person | null;
  completer: Person | null;
  readonly dateCreated: Micros;
  dateStarted: Micros | null;
  dateCompleted: Micros | null;
  definitionStatus: string;
  implementationStatus: string;
  priority: string;
}

export interface Archive {
  readonly type: 'archive';
  readonly owner: Person;
  readonly distribution: Distribution;
  readonly name: string;
  readonly displayName: string;
  /** Whether it is the distribution's own archive. */
  readonly main: boolean;
  private: boolean;
  readonly publications: Publication[];
}

/** A source package that was uploaded or copied to an archive. */
export interface Publication {
  readonly type: 'source_package_publishing_history';
  readonly id: number;
  readonly archive: Archive;
  readonly source: string;
  readonly version: string;
  readonly component: string;
  readonly pocket: string;
  readonly series: DistroSeries;
  status: 'Pending' | 'Published' | 'Superseded' | 'Deleted' | 'Obsolete';
  creator: Person | null;
  packageCreator: Person;
  packageMaintainer: Person;
  packageSigner: Person | null;
  sponsor: Person | null;
  readonly copiedFrom: Archive | null;
  readonly dateCreated: Micros;
  datePublished: Micros | null;
  dateSuperseded: Micros | null;
}
