import { readArchives, readUploads } from '../list/archives.js';
import { readBlueprints } from '../list/blueprints.js';
import { readBugsIn, readCommentedBugs, readReportedBugs } from '../list/bugs.js';
import { readMemberships } from '../list/memberships.js';
import { readProposalsFrom, readProposalsIn, readReviews, readTeamProposals } from '../list/proposals.js';
import { readQuestionsIn, readQuestionsOf } from '../list/questions.js';
import { readMember } from '../resolve/member.js';
import { readProject, readProjects } from '../resolve/project.js';
import { readNewest, readRoster } from '../resolve/roster.js';
import { readTeam } from '../resolve/team.js';
import { readTeams } from '../resolve/teams.js';
import { readBug } from '../visit/bug.js';
import { readBlueprint, readJoined } from '../visit/carried.js';
import { readProposal } from '../visit/proposal.js';
import { readQuestion } from '../visit/question.js';
import type { Reader } from './reading.js';

/** How a unit is read, by its kind. */
export const READERS: Readonly<Record<string, Reader>> = {
  member: readMember,
  team: readTeam,
  teams: readTeams,
  project: readProject,
  projects: readProjects,
  roster: readRoster,
  newest: readNewest,
  'bugs-reported': readReportedBugs,
  'bugs-commented': readCommentedBugs,
  'bugs-in': readBugsIn,
  'proposals-from': readProposalsFrom,
  'team-proposals': readTeamProposals,
  reviews: readReviews,
  'proposals-in': readProposalsIn,
  'questions-of': readQuestionsOf,
  'questions-in': readQuestionsIn,
  blueprints: readBlueprints,
  memberships: readMemberships,
  archives: readArchives,
  uploads: readUploads,
  bug: readBug,
  proposal: readProposal,
  question: readQuestion,
  blueprint: readBlueprint,
  joined: readJoined,
};
