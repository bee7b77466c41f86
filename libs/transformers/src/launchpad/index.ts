export { EVENT_CATALOGUE } from './catalogue/index.js';
export type { EventDefinition, EventType, PropertySchema } from './catalogue/index.js';
export { activityKey } from './bugs/activity-key.js';
export { eventSchema } from './catalogue/json-schema.js';
export { LAUNCHPAD_RECORD_INVALID } from './errors.js';
export type {
  BlueprintFields,
  BlueprintRecord,
  BugActivityFields,
  BugActivityRecord,
  BugFields,
  BugMessageRecord,
  BugRecord,
  BugTaskFields,
  BugTaskRecord,
  InlineCommentFields,
  InlineCommentRecord,
  LaunchpadRecord,
  MergeProposalFields,
  MergeProposalRecord,
  MessageFields,
  PackageUploadFields,
  PackageUploadRecord,
  PreviewDiffFields,
  PreviewDiffRecord,
  QuestionFields,
  QuestionMessageFields,
  QuestionMessageRecord,
  QuestionRecord,
  ReviewCommentFields,
  ReviewCommentRecord,
  ReviewVoteFields,
  ReviewVoteRecord,
  TeamMembershipFields,
  TeamMembershipRecord,
} from './records/index.js';
export { personOf } from './text/links.js';
export { toEvents } from './to-events.js';
