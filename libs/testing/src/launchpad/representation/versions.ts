import type { Json, Version } from './view.js';

/** Fields of version `devel` that the older versions do not have. */
const ONLY_DEVEL: Readonly<Record<string, readonly string[]>> = {
  person: [
    'account_status',
    'account_status_history',
    'all_specifications_collection_link',
    'valid_specifications_collection_link',
  ],
  bug: ['linked_merge_proposals_collection_link', 'lock_reason', 'lock_status'],
  bug_task: ['importance_explanation', 'status_explanation'],
  message: ['revisions_collection_link', 'visible'],
  branch_merge_proposal: ['bugs_collection_link'],
  code_review_comment: ['revisions_collection_link'],
  archive: [
    'build_debug_symbols',
    'enabled_restricted_processors_collection_link',
    'metadata_overrides',
    'permit_obsolete_series_uploads',
    'processors_collection_link',
    'publish_debug_symbols',
    'status',
  ],
  project: [
    'all_specifications_collection_link',
    'branch_sharing_policy',
    'bug_sharing_policy',
    'specification_sharing_policy',
    'translationgroup_link',
    'translationpermission',
    'translations_usage',
    'valid_specifications_collection_link',
  ],
  git_repository: ['builder_constraints', 'target_link'],
};

/** Fields that the older versions have and `devel` does not. */
const ONLY_OLDER: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  person: { latitude: null, longitude: null },
  bug: { can_expire: false },
};

/** Types that are mere shells in the older versions, with the fields that are left. */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  question: [],
  specification: ['information_type'],
};

/** Named operations that only `devel` has. */
const DEVEL_OPERATIONS: ReadonlySet<string> = new Set(['searchQuestions']);

const DEVEL_TYPES: ReadonlySet<string> = new Set(['question_message', 'questions', 'specifications']);

/** The names of a type's fields in a version, out of those of `devel`. */
export function fieldsIn(version: Version, type: string, fields: readonly string[]): readonly string[] {
  if (version === 'devel') return fields;
  const shell = SHELLS[type];
  if (shell !== undefined) return fields.filter((field) => shell.includes(field));
  const key = type === 'team' ? 'person' : type;
  const missing = ONLY_DEVEL[key] ?? [];
  return fields.filter((field) => !missing.includes(field));
}

export function olderFields(version: Version, type: string): Readonly<Record<string, Json>> {
  return version === 'devel' ? {} : (ONLY_OLDER[type === 'team' ? 'person' : type] ?? {});
}

export function typeIn(version: Version, type: string): boolean {
  return version === 'devel' || !DEVEL_TYPES.has(type);
}

export function operationIn(version: Version, operation: string): boolean {
  return version === 'devel' || !DEVEL_OPERATIONS.has(operation);
}
