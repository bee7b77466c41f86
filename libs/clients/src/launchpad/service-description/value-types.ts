import type { ValueKind, ValueType } from './description.js';

/*
 * The WADL declares types of dates, links and single choices alone: numbers, booleans and lists look like texts in it.
 * What they are is known from the bodies that Launchpad sends.
 */

const BOOLEANS = [
  ...['active', 'advertise_by_hash', 'backports_not_automatic', 'build_debug_symbols', 'commercial_subscription_is_due'],
  ...['direction_approved', 'explicitly_private', 'hide_email_addresses', 'include_long_descriptions', 'private'],
  ...['language_pack_full_export_requested', 'official_answers', 'official_blueprints', 'official_bugs'],
  ...['official_codehosting', 'official_packages', 'owner_default', 'permit_obsolete_series_uploads', 'publish'],
  ...['publish_debug_symbols', 'qualifies_for_free_hosting', 'require_virtualized', 'reviewed', 'security_related'],
  ...['stale', 'strict_supported_component_dependencies', 'supported', 'suppress_subscription_notifications'],
  ...['target_default', 'visible'],
];
const INTEGERS = [
  ...['default_membership_period', 'default_renewal_period', 'diff_lines_count', 'heat', 'id', 'index', 'karma'],
  ...['loose_object_count', 'merged_revno', 'message_count', 'number_of_duplicates', 'pack_count', 'plural_forms'],
  ...['other_users_affected_count_with_dupes', 'relative_build_score', 'revision_count', 'translators_count'],
  ...['users_affected_count', 'users_affected_count_with_dupes', 'users_unaffected_count', 'added_lines_count'],
  ...['authorized_size', 'removed_lines_count'],
];
const STRING_LISTS = ['component_names', 'index_compressors', 'licenses', 'official_bug_tags', 'suite_names', 'tags'];
const STRUCTURES = ['account_status_history', 'builder_constraints', 'content_templates', 'diffstat', 'metadata_overrides'];

/** Type of a field whose type the WADL does not tell. */
export function untypedField(name: string): ValueType {
  if (BOOLEANS.includes(name) || /^(is|has|can)_/.test(name)) return { type: 'boolean' };
  if (INTEGERS.includes(name)) return { type: 'int' };
  if (STRING_LISTS.includes(name)) return { type: 'string', list: true };
  return { type: STRUCTURES.includes(name) ? 'json' : 'string' };
}

/** Choices that are null where nobody chose: a comment without a vote. */
const NULL_CHOICES = new Set(['vote']);

/** Texts, dates and links that are never null; of the others the WADL's `required` says nothing about it. */
const NEVER_NULL = new Set([
  ...['bug_link', 'bug_target_name', 'content', 'date_created', 'datechanged', 'display_name', 'displayname', 'member_link'],
  ...['name', 'owner_link', 'person_link', 'registrant_link', 'source_package_name', 'source_package_version', 'target_link'],
  ...['team_link', 'title', 'unique_name', 'whatchanged'],
]);
const NEVER_NULL_KINDS: readonly ValueKind[] = ['boolean', 'collection', 'enum', 'file'];
const NEVER_NULL_NUMBERS = /^(id|index|heat|karma|message_count|number_of_duplicates|.*users_.*)$/;

export function isNullable(name: string, { type, list }: ValueType, required: boolean): boolean {
  if (!required || NULL_CHOICES.has(name)) return true;
  if (list || NEVER_NULL_KINDS.includes(type)) return false;
  return type === 'int' ? !NEVER_NULL_NUMBERS.test(name) : !NEVER_NULL.has(name);
}

/** Where the values of a list of choices are: the options of a field. */
interface Choices {
  readonly field: string;
  /** Values of searches alone. */
  readonly more?: readonly string[];
}

type ParameterType = ValueType | { readonly choices: Choices };

const FLAGS = [
  ...['exact_match', 'has_cve', 'has_no_package', 'has_patch', 'needs_attention', 'omit_duplicates', 'omit_targeted'],
  ...['order_by_date', 'order_by_date_ascending'],
];
const NUMBERS = ['id', 'previewdiff_id', 'question_id'];
const NUMBER_LISTS = ['merged_revnos'];
const TEXT_LISTS = ['component', 'language', 'merged_revision_ids', 'tags'];

const BUG_SEARCH: Readonly<Record<string, ParameterType>> = {
  status: {
    choices: { field: 'bug_task.status', more: ['Incomplete (with response)', 'Incomplete (without response)'] },
  },
  importance: { choices: { field: 'bug_task.importance' } },
  information_type: { choices: { field: 'bug.information_type' } },
  milestone: { type: 'link', to: 'milestone' },
  order_by: { type: 'string', list: true },
  status_upstream: {
    type: 'enum',
    list: true,
    values: ['hide_upstream', 'open_upstream', 'pending_bugwatch', 'resolved_upstream'],
  },
};
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, ParameterType>>>> = {
  searchTasks: BUG_SEARCH,
  getMergeProposals: { status: { choices: { field: 'branch_merge_proposal.queue_status' } } },
  getRequestedReviews: { status: { choices: { field: 'branch_merge_proposal.queue_status' } } },
  getBranches: { status: { choices: { field: 'branch.lifecycle_status' } } },
  searchQuestions: { status: { choices: { field: 'question.status' } } },
};

/** Type of a parameter whose type the WADL does not tell. `options` gives the choices of a field. */
export function untypedParameter(
  operation: string,
  name: string,
  options: (type: string, field: string) => readonly string[],
): ValueType {
  const known = PARAMETERS[operation]?.[name];
  if (known && 'choices' in known) {
    const [type = '', field = ''] = known.choices.field.split('.');
    return { type: 'enum', list: true, values: [...options(type, field), ...(known.choices.more ?? [])] };
  }
  if (known) return known;
  if (FLAGS.includes(name)) return { type: 'boolean' };
  if (NUMBERS.includes(name)) return { type: 'int' };
  if (NUMBER_LISTS.includes(name)) return { type: 'int', list: true };
  return TEXT_LISTS.includes(name) ? { type: 'string', list: true } : { type: 'string' };
}

/** Choices that take a list, which the WADL shows as one choice. */
export function isListOfChoices(operation: string, name: string): boolean {
  return operation === 'searchQuestions' && name === 'participation';
}
